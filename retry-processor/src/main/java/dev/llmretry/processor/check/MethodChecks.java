package dev.llmretry.processor.check;

import dev.llmretry.processor.model.ClientMethod;
import dev.llmretry.processor.model.Parameter;
import dev.llmretry.processor.model.ParameterRole;
import dev.llmretry.processor.model.Policy;
import dev.llmretry.processor.model.Position;
import dev.llmretry.processor.model.RetryAnnotations.Written;
import java.util.List;

/** Judges a method of an annotated interface. */
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
   * Judges a method.
   *
   * @param client where the interface stands
   * @param retries whether any of its methods is retried
   */
  static void check(ClientMethod method, Position client, boolean retries, Reporter reporter) {
    MethodChecks checks = new MethodChecks(method, client, reporter);
    checks.severalOnOne();
    checks.severalInherited();
    checks.retryAndNoRetry();
    checks.notAccessible();
    checks.replayableWithoutEffect();
    Policy retry = method.retry();
    if (retry != null) {
      checks.returnType();
      checks.parameters();
      checks.twoTokens();
      if (checks.isWrittenOut()) {
        RuleChecks.checkDeclared(retry.rules(), method, reporter);
      }
    } else if (retries) {
      checks.silentDefault();
    }
  }

  /** What stands on a type, or makes a composed annotation, is not meant for one method alone. */
  private boolean isWrittenOut() {
    List<Written> own = method.annotations().own();
    return !own.isEmpty() && own.get(0).name().equals("LlmRetry");
  }

  private void severalOnOne() {
    SeveralAnnotations.check(method.annotations().own(), reporter);
  }

  private void severalInherited() {
    List<Written> inherited = method.annotations().inherited();
    for (Written other : inherited.stream().skip(1).toList()) {
      Written first = inherited.get(0);
      if (!first.policy().at().equals(other.policy().at())) {
        reporter.report(
            Diagnostic.SEVERAL_INHERITED,
            method.at().isIn(client) ? method.at() : client,
            method.describe(),
            first.owner(),
            other.owner());
        return;
      }
    }
  }

  private void retryAndNoRetry() {
    if (method.annotations().noRetry() != null) {
      for (Written written : method.annotations().own()) {
        reporter.report(
            Diagnostic.RETRY_AND_NO_RETRY,
            method.annotations().noRetry(),
            written.name(),
            method.describe());
      }
    }
  }

  private void notAccessible() {
    if (!method.inaccessibleTypes().isEmpty()) {
      String types = String.join(", ", method.inaccessibleTypes());
      reporter.report(Diagnostic.NOT_ACCESSIBLE, method.at(), method.describe(), types);
    }
  }

  private void returnType() {
    String family =
        switch (method.returnFamily()) {
          case VALUE -> null;
          case FUTURE -> "futures";
          case PUBLISHER -> "publishers";
          case STREAM -> "streams";
        };
    if (family != null) {
      reporter.report(
          Diagnostic.RETURN_TYPE_NOT_SUPPORTED,
          method.at(),
          method.describe(),
          method.returnType().withoutAnnotations(),
          family);
    }
  }

  private void parameters() {
    for (Parameter parameter : method.parameters()) {
      ParameterRole role = parameter.role();
      if (role == ParameterRole.CONTINUATION) {
        reporter.report(Diagnostic.SUSPEND_FUNCTION, method.at(), method.describe());
      } else if (role == ParameterRole.ONE_SHOT && !parameter.replayable()) {
        report(Diagnostic.ONE_SHOT_ARGUMENT, parameter);
      } else if (role == ParameterRole.CALLBACK && !parameter.replayable()) {
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
                : "its type can be passed to several attempts as it is");
      }
    }
  }

  private void silentDefault() {
    if (method.isDefault() && method.annotations().noRetry() == null) {
      reporter.report(Diagnostic.SILENT_DEFAULT, method.at(), method.describe());
    }
  }
}
