package dev.llmretry.processor.check;

import com.palantir.javapoet.TypeName;
import dev.llmretry.processor.model.AsyncAdapter;
import dev.llmretry.processor.model.Callback;
import dev.llmretry.processor.model.Callback.Kind;
import dev.llmretry.processor.model.ClientMethod;
import dev.llmretry.processor.model.Parameter;
import dev.llmretry.processor.model.ParameterRole;
import dev.llmretry.processor.model.Policy;
import dev.llmretry.processor.model.ReturnFamily;

/** Checks the parameters of a method: callbacks, tokens and arguments for several attempts. */
final class ParameterChecks {

  private final ClientMethod method;
  private final Reporter reporter;

  private ParameterChecks(ClientMethod method, Reporter reporter) {
    this.method = method;
    this.reporter = reporter;
  }

  /** Checks the parameters of a retried method. */
  static void check(ClientMethod method, Reporter reporter) {
    ParameterChecks checks = new ParameterChecks(method, reporter);
    checks.callback();
    checks.roles();
    checks.onlyOne(ParameterRole.TOKEN, "CancellationToken");
    checks.onlyOne(ParameterRole.ATTEMPT, "Attempt");
  }

  /** Checks the annotations on parameters of any method. */
  static void checkAnnotations(ClientMethod method, Reporter reporter) {
    ParameterChecks checks = new ParameterChecks(method, reporter);
    checks.replayableWithoutEffect();
    checks.callbackWithoutEffect();
    checks.revisedWithoutEffect();
  }

  private void callback() {
    Callback callback = method.callback();
    if (callback == null) {
      return;
    }
    String problem = callback.problem();
    boolean isVoid = method.signature().returnType().equals(TypeName.VOID);
    if (problem == null && callback.kind() != Kind.ELEMENTS && !isVoid) {
      problem = "it receives errors after the method has returned, which must return void";
    }
    if (problem == null && !isOverWhenItsElementsAre()) {
      problem =
          "elements would arrive in two ways, or beside a future that is not a CompletionStage";
    }
    if (problem != null) {
      reporter.report(
          Diagnostic.CALLBACK_NOT_SUPPORTED, callback.at(), callback.parameter().name(), problem);
    }
    for (Parameter other : method.parameters()) {
      if (other.streamCallback() && !other.equals(callback.parameter())) {
        reporter.report(
            Diagnostic.CALLBACK_NOT_SUPPORTED,
            other.at(),
            other.name(),
            callback.parameter().name() + " is already one");
      }
    }
  }

  private boolean isOverWhenItsElementsAre() {
    AsyncAdapter adapter = method.returnSpec().asyncAdapter();
    return method.returnSpec().family() == ReturnFamily.VALUE
        || (adapter != null && adapter.supportsCallbacks());
  }

  private void roles() {
    for (Parameter parameter : method.parameters()) {
      ParameterRole role = parameter.role();
      if (role == ParameterRole.CONTINUATION) {
        reporter.report(Diagnostic.SUSPEND_FUNCTION, method.at(), method.describe());
      } else if (role == ParameterRole.ONE_SHOT && !parameter.replayable()) {
        report(Diagnostic.ONE_SHOT_ARGUMENT, parameter);
      } else if (role == ParameterRole.CALLBACK
          && !parameter.replayable()
          && !parameter.streamCallback()) {
        report(Diagnostic.CALLBACK_ARGUMENT, parameter);
      }
    }
  }

  private void report(Diagnostic diagnostic, Parameter parameter) {
    String what =
        parameter.content() == null
            ? "it is a " + parameter.type().withoutAnnotations()
            : "it contains a " + parameter.content();
    reporter.report(diagnostic, parameter.at(), parameter.name(), what);
  }

  private void onlyOne(ParameterRole role, String type) {
    method.parameters().stream()
        .filter(parameter -> parameter.role() == role)
        .skip(1)
        .forEach(
            second ->
                reporter.report(
                    Diagnostic.DUPLICATE_PARAMETER,
                    second.at(),
                    method.describe(),
                    type,
                    second.name()));
  }

  private void replayableWithoutEffect() {
    for (Parameter parameter : method.parameters()) {
      boolean hasEffect =
          parameter.role() == ParameterRole.ONE_SHOT || parameter.role() == ParameterRole.CALLBACK;
      if (parameter.replayable() && !(hasEffect && method.retry() != null)) {
        reporter.report(
            Diagnostic.REPLAYABLE_WITHOUT_EFFECT,
            parameter.at(),
            parameter.name(),
            hasEffect
                ? method.describe() + " is not retried"
                : "each attempt can use an argument of its type anyway");
      }
    }
  }

  private void revisedWithoutEffect() {
    Policy retry = method.retry();
    if (retry == null || retry.revise() == null) {
      for (Parameter parameter : method.marked()) {
        reporter.report(
            Diagnostic.REVISED_WITHOUT_EFFECT,
            parameter.at(),
            parameter.name(),
            method.describe() + (retry == null ? " is not retried" : " has no reviser"));
      }
    }
  }

  private void callbackWithoutEffect() {
    for (Parameter parameter : method.parameters()) {
      if (parameter.streamCallback() && method.retry() == null) {
        reporter.report(
            Diagnostic.CALLBACK_WITHOUT_EFFECT,
            parameter.at(),
            parameter.name(),
            method.describe() + " is not retried");
      } else if (parameter.streamCallback() && parameter.replayable()) {
        reporter.report(
            Diagnostic.CALLBACK_WITHOUT_EFFECT,
            parameter.at(),
            parameter.name(),
            "it is marked @Replayable, so each attempt may call it");
      }
    }
  }
}
