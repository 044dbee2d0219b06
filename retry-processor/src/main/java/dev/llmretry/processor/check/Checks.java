package dev.llmretry.processor.check;

import dev.llmretry.processor.model.ClientMethod;
import dev.llmretry.processor.model.ComposedAnnotation;
import dev.llmretry.processor.model.Names;
import dev.llmretry.processor.model.Policy;
import dev.llmretry.processor.model.Position;
import dev.llmretry.processor.model.RetryAnnotations.OptOut;
import dev.llmretry.processor.model.RetryAnnotations.RetryAnnotation;
import dev.llmretry.processor.model.RetryingClient;
import dev.llmretry.processor.model.RetryingClient.Kind;
import dev.llmretry.processor.model.RetryingClient.Misplaced;
import java.util.LinkedHashSet;
import java.util.Set;

/** The entry point of all checks. */
public final class Checks {

  private Checks() {}

  /** Checks a composed annotation. */
  public static void check(ComposedAnnotation annotation, Reporter reporter) {
    if (annotation.retention().equals("SOURCE")) {
      reporter.report(Diagnostic.COMPOSED_NOT_RETAINED, annotation.at(), annotation.name());
    }
    ConflictingAnnotations.check(annotation.written(), reporter);
    for (RetryAnnotation written : annotation.written()) {
      checkPolicy(written.policy(), annotation.at(), reporter);
    }
  }

  /**
   * Checks a type that is annotated, or has annotated methods.
   *
   * @param isWoven whether classes are woven after compilation
   */
  public static void check(RetryingClient client, boolean isWoven, Reporter reporter) {
    kind(client, reporter);
    misplaced(client, reporter);
    ConflictingAnnotations.check(client.onType(), reporter);
    policies(client).forEach(policy -> checkPolicy(policy, client.at(), reporter));
    boolean retries = client.retries();
    if (!client.hidden().isEmpty()) {
      reporter.report(
          Diagnostic.NOT_ACCESSIBLE,
          client.at(),
          client.type().simpleName(),
          String.join(", ", client.hidden()));
    }
    client.methods().forEach(method -> MethodChecks.check(method, client.at(), retries, reporter));
    client.onType().forEach(written -> TypeSettingClassChecks.check(written, client, reporter));
    if (!retries) {
      nothingToRetry(client, reporter);
    } else if (client.kind() == Kind.INTERFACE || client.kind() == Kind.CLASS) {
      withoutMethod(client, reporter);
      surroundings(client, reporter);
    }
    if (retries) {
      DelegateChecks.check(client, client.delegate(), reporter);
    }
    RoutingChecks.check(client, reporter);
    if (client.woven() != null) {
      WeavingChecks.check(client, client.woven(), isWoven, reporter);
    }
  }

  /** A policy from a composed annotation or another type is checked there. */
  private static void checkPolicy(Policy policy, Position checked, Reporter reporter) {
    if (policy.at().isIn(checked)) {
      PolicyChecks.check(policy, reporter);
      RuleChecks.check(policy, reporter);
    }
  }

  /** Several methods may share a policy. */
  private static Set<Policy> policies(RetryingClient client) {
    Set<Policy> policies = new LinkedHashSet<>();
    client.onType().forEach(written -> policies.add(written.policy()));
    for (ClientMethod method : client.methods()) {
      method.annotations().own().forEach(written -> policies.add(written.policy()));
      method.annotations().inherited().forEach(written -> policies.add(written.policy()));
    }
    return policies;
  }

  private static void kind(RetryingClient client, Reporter reporter) {
    String name = client.type().simpleName();
    switch (client.kind()) {
      case SEALED -> reporter.report(Diagnostic.SEALED, client.at(), name);
      case PRIVATE -> reporter.report(Diagnostic.PRIVATE, client.at(), name);
      case CLASS, INTERFACE -> {}
    }
  }

  private static void misplaced(RetryingClient client, Reporter reporter) {
    for (Misplaced method : client.misplaced()) {
      reporter.report(
          Diagnostic.NOT_WRAPPED, method.at(), method.annotation(), method.name(), method.why());
    }
  }

  private static void nothingToRetry(RetryingClient client, Reporter reporter) {
    String name = client.type().simpleName();
    for (RetryAnnotation written : client.onType()) {
      reporter.report(
          Diagnostic.NOTHING_TO_RETRY,
          written.at(),
          written.name(),
          name,
          "which has no method to retry. Remove it");
    }
    for (ClientMethod method : client.methods()) {
      OptOut noRetry = method.annotations().noRetry();
      if (noRetry != null && client.onType().isEmpty()) {
        reporter.report(Diagnostic.NO_RETRY_WITHOUT_EFFECT, noRetry.at(), name);
      }
    }
  }

  /**
   * Reports settings on the type if all methods to retry have others. An annotation without
   * settings only says that a wrapper is to be generated.
   */
  private static void withoutMethod(RetryingClient client, Reporter reporter) {
    boolean hasEffect =
        client.methods().stream()
            .anyMatch(method -> method.retry() != null && method.annotations().fromType());
    if (hasEffect) {
      return;
    }
    for (RetryAnnotation written : client.onType()) {
      if (written.at().hasValues()) {
        reporter.report(
            Diagnostic.NOTHING_TO_RETRY,
            written.at(),
            written.name(),
            client.type().simpleName(),
            "whose methods to retry are annotated themselves. Remove it, or put it on a method");
      }
    }
  }

  private static void surroundings(RetryingClient client, Reporter reporter) {
    if (client.generatedNameTaken()) {
      reporter.report(Diagnostic.NAME_TAKEN, client.at(), client.generatedName().canonicalName());
    }
    if (!client.runtimeVisible()) {
      if (client.woven() == null) {
        missing(client, reporter, Names.RETRY_LOOP, "retry-runtime", Names.RUNTIME);
      } else {
        missing(client, reporter, Names.WOVEN_CLASS, "retry-aspectj", Names.ASPECTJ);
      }
    }
  }

  private static void missing(
      RetryingClient client, Reporter reporter, String type, String artifact, String module) {
    reporter.report(Diagnostic.NO_RUNTIME, client.at(), type, artifact, module);
  }
}
