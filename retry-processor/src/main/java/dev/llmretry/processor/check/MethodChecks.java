package dev.llmretry.processor.check;

import com.palantir.javapoet.TypeName;
import dev.llmretry.processor.model.AsyncAdapter;
import dev.llmretry.processor.model.Callback;
import dev.llmretry.processor.model.Callback.Kind;
import dev.llmretry.processor.model.ClientMethod;
import dev.llmretry.processor.model.Parameter;
import dev.llmretry.processor.model.ParameterRole;
import dev.llmretry.processor.model.Policy;
import dev.llmretry.processor.model.Position;
import dev.llmretry.processor.model.Preamble;
import dev.llmretry.processor.model.RetryAnnotations.OptOut;
import dev.llmretry.processor.model.RetryAnnotations.RetryAnnotation;
import dev.llmretry.processor.model.ReturnFamily;
import dev.llmretry.processor.model.ReturnSpec;
import dev.llmretry.processor.model.StreamElements;
import java.util.List;

/** Checks a method. */
final class MethodChecks {

  private final ClientMethod method;
  private final Position client;
  private final Reporter reporter;

  private MethodChecks(ClientMethod method, Position client, Reporter reporter) {
    this.method = method;
    this.client = client;
    this.reporter = reporter;
  }

  /**
   * Checks a method.
   *
   * @param client the position of the annotated type
   * @param retries whether any of its methods is retried
   */
  static void check(ClientMethod method, Position client, boolean retries, Reporter reporter) {
    MethodChecks checks = new MethodChecks(method, client, reporter);
    checks.conflictingAnnotations();
    checks.conflictingInherited();
    checks.retryAndNoRetry();
    checks.notAccessible();
    if (retries) { // otherwise, a subinterface may retry
      checks.replayableWithoutEffect();
      checks.callbackWithoutEffect();
    }
    Policy retry = method.retry();
    if (retry != null) {
      checks.returnType();
      checks.stream(retry);
      checks.preamble(retry);
      checks.callback();
      checks.parameters();
      checks.twoTokens();
      if (checks.hasOwnSettings()) {
        RuleChecks.checkDeclared(retry.rules(), method, reporter);
      }
    } else if (retries) {
      checks.silentDefault();
    }
  }

  /** Settings of a type or a composed annotation apply to other methods too. */
  private boolean hasOwnSettings() {
    List<RetryAnnotation> own = method.annotations().own();
    return !own.isEmpty() && own.get(0).name().equals("LlmRetry");
  }

  private void conflictingAnnotations() {
    ConflictingAnnotations.check(method.annotations().own(), reporter);
  }

  private void conflictingInherited() {
    List<RetryAnnotation> inherited = method.annotations().inherited();
    if (inherited.isEmpty()) {
      return;
    }
    RetryAnnotation first = inherited.get(0);
    OptOut noRetry = method.annotations().noRetry();
    if (noRetry != null) {
      conflictingInherited(first, "NoRetry", noRetry.owner());
      return;
    }
    inherited.stream()
        .filter(other -> !other.policy().hasSameSettings(first.policy()))
        .findFirst()
        .ifPresent(other -> conflictingInherited(first, other.name(), other.owner()));
  }

  private void conflictingInherited(RetryAnnotation first, String otherName, String otherOwner) {
    reporter.report(
        Diagnostic.CONFLICTING_INHERITED,
        method.at().isIn(client) ? method.at() : client,
        method.describe(),
        "@" + first.name() + " from " + first.owner(),
        "@" + otherName + " from " + otherOwner);
  }

  private void retryAndNoRetry() {
    OptOut noRetry = method.annotations().noRetry();
    if (noRetry != null) {
      for (RetryAnnotation written : method.annotations().own()) {
        reporter.report(
            Diagnostic.RETRY_AND_NO_RETRY, noRetry.at(), written.name(), method.describe());
      }
    }
  }

  private void notAccessible() {
    if (!method.inaccessible().isEmpty()) {
      String names = String.join(", ", method.inaccessible());
      reporter.report(Diagnostic.NOT_ACCESSIBLE, method.at(), method.describe(), names);
    }
  }

  private void returnType() {
    ReturnSpec returnSpec = method.returnSpec();
    AsyncAdapter adapter = returnSpec.asyncAdapter();
    ReturnFamily family = returnSpec.family();
    if (family == ReturnFamily.FUTURE || family == ReturnFamily.PUBLISHER) {
      if (adapter == null) {
        String instead = family == ReturnFamily.FUTURE ? "a CompletableFuture" : "a Flow.Publisher";
        report(Diagnostic.RETURN_TYPE_NOT_SUPPORTED, instead);
      } else if (returnSpec.missingArtifact() != null) {
        report(Diagnostic.NO_INTEGRATION, returnSpec.missingArtifact());
      }
    }
  }

  private void report(Diagnostic diagnostic, String advice) {
    reporter.report(diagnostic, method.at(), method.describe(), returnTypeName(), advice);
  }

  private String returnTypeName() {
    return method.signature().returnType().withoutAnnotations().toString();
  }

  private void stream(Policy retry) {
    Position at = retry.stream().at();
    if (isOpeningOnly(retry)) {
      reporter.report(
          Diagnostic.OPENING_ONLY,
          hasOwnSettings() ? at : method.at(),
          method.describe(),
          returnTypeName());
    } else if (hasOwnSettings()
        && at.value() != null
        && method.returnSpec().pullSource() == null
        && method.returnSpec().family() != ReturnFamily.STREAM) {
      reporter.report(
          Diagnostic.STREAM_WITHOUT_EFFECT,
          at,
          retry.stream().value(),
          method.describe(),
          returnTypeName());
    }
  }

  private boolean isOpeningOnly(Policy retry) {
    return retry.untilFirstElement()
        && method.returnSpec().family() == ReturnFamily.STREAM
        && method.returnSpec().pullSource() == null;
  }

  private void preamble(Policy retry) {
    Preamble preamble = retry.preamble();
    if (preamble == null || isOpeningOnly(retry)) {
      return;
    }
    Position at = hasOwnSettings() ? preamble.at() : method.at();
    if (!preamble.isInstantiable() && !preamble.at().isIn(client)) {
      reporter.report(Diagnostic.PREAMBLE_NOT_INSTANTIABLE, method.at(), preamble.name());
    }
    StreamElements elements = method.elements();
    if (elements != null) {
      if (preamble.elementType() != null && !elements.areAssignableTo(preamble.elementType())) {
        reporter.report(
            Diagnostic.PREAMBLE_TYPE,
            at,
            preamble.name(),
            preamble.elementType(),
            method.describe(),
            elements.type());
      }
    } else if (hasOwnSettings()
        && method.callback() == null
        && method.returnSpec().pullSource() == null) {
      reporter.report(
          Diagnostic.PREAMBLE_WITHOUT_EFFECT, at, method.describe(), whyWithoutElements());
    }
  }

  private String whyWithoutElements() {
    return method.returnSpec().family() == ReturnFamily.STREAM
        ? "only the opening is retried, so set stream = StreamRetry.UNTIL_FIRST_ELEMENT too"
        : "it has no stream of elements";
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

  private void parameters() {
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
    reporter.report(
        diagnostic, parameter.at(), parameter.name(), parameter.type().withoutAnnotations());
  }

  private void twoTokens() {
    List<Parameter> tokens =
        method.parameters().stream()
            .filter(parameter -> parameter.role() == ParameterRole.TOKEN)
            .toList();
    for (Parameter second : tokens.stream().skip(1).toList()) {
      reporter.report(Diagnostic.TWO_TOKENS, second.at(), method.describe(), second.name());
    }
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

  private void silentDefault() {
    if (method.isDefault() && method.annotations().noRetry() == null) {
      reporter.report(Diagnostic.SILENT_DEFAULT, method.at(), method.describe());
    }
  }
}
