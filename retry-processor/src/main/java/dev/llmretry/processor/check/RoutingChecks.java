package dev.llmretry.processor.check;

import dev.llmretry.FailureKind;
import dev.llmretry.processor.model.ClientMethod;
import dev.llmretry.processor.model.KindRule;
import dev.llmretry.processor.model.RetryingClient;
import dev.llmretry.processor.model.Routing;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

/** Checks an {@code @Routed}. */
final class RoutingChecks {

  private static final String KINDS = "fallbackOnKinds";

  /** Kinds after which calls move to another route without being told so. */
  private static final Set<String> ALWAYS =
      Set.of("QUOTA_EXHAUSTED", "UNAUTHORIZED", "FORBIDDEN", "NOT_FOUND");

  private RoutingChecks() {}

  static void check(RetryingClient client, Reporter reporter) {
    Routing routing = client.routing();
    if (routing == null) {
      return;
    }
    String name = client.type().simpleName();
    if (client.woven() != null) {
      reporter.report(
          Diagnostic.ROUTED_WITHOUT_EFFECT,
          routing.at(),
          name,
          "no wrapper is generated for a class",
          "Annotate an interface that it implements");
    } else if (!client.retries()) {
      reporter.report(
          Diagnostic.ROUTED_WITHOUT_EFFECT,
          routing.at(),
          name,
          "none of its methods is retried",
          "Add @LlmRetry, or remove @Routed");
    } else {
      kinds(routing, reporter);
      defaults(client, routing, reporter);
      timeouts(client, routing, reporter);
    }
  }

  private static void kinds(Routing routing, Reporter reporter) {
    Set<String> seen = new HashSet<>();
    for (KindRule rule : routing.fallbackOnKinds()) {
      if (rule.name().equals(FailureKind.CANCELLED.name())) {
        reporter.report(Diagnostic.NEVER_RETRIED, rule.at(), rule.name(), KINDS);
      } else if (!seen.add(rule.name())) {
        reporter.report(
            Diagnostic.KIND_WITHOUT_EFFECT, rule.at(), rule.name(), KINDS, "it is listed twice");
      } else if (ALWAYS.contains(rule.name()) || RuleChecks.isRetryable(rule)) {
        reporter.report(
            Diagnostic.KIND_WITHOUT_EFFECT,
            rule.at(),
            rule.name(),
            KINDS,
            "calls move to another route anyway");
      }
    }
  }

  /** They run on the wrapper, so a retry would repeat what has been tried on all routes. */
  private static void defaults(RetryingClient client, Routing routing, Reporter reporter) {
    for (ClientMethod method : client.methods()) {
      if (method.retry() != null
          && method.defaultOf() != null
          && !method.annotations().fromType()) {
        reporter.report(
            Diagnostic.ROUTED_WITHOUT_EFFECT,
            routing.at(),
            method.describe(),
            "it runs on the wrapper, whose calls are retried already",
            "Use @NoRetry on it");
      }
    }
  }

  private static void timeouts(RetryingClient client, Routing routing, Reporter reporter) {
    String unlimited =
        client.methods().stream()
            .filter(method -> method.retry() != null && !method.retry().hasAttemptTimeout())
            .map(ClientMethod::name)
            .distinct()
            .collect(Collectors.joining(", "));
    if (!unlimited.isEmpty()) {
      reporter.report(Diagnostic.ROUTE_WITHOUT_TIMEOUT, routing.at(), unlimited);
    }
  }
}
