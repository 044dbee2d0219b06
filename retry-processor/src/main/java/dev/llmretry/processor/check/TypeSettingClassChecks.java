package dev.llmretry.processor.check;

import dev.llmretry.processor.model.ClientMethod;
import dev.llmretry.processor.model.Policy;
import dev.llmretry.processor.model.Position;
import dev.llmretry.processor.model.RetryAnnotations.RetryAnnotation;
import dev.llmretry.processor.model.RetryingClient;
import dev.llmretry.processor.model.Setting;
import dev.llmretry.processor.model.SettingClass;
import dev.llmretry.processor.model.StreamElements;
import dev.llmretry.processor.model.TakenType;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Checks that what the annotation of a type sets for some methods applies to one of them. */
final class TypeSettingClassChecks {

  private TypeSettingClassChecks() {}

  static void check(RetryAnnotation written, RetryingClient client, Reporter reporter) {
    check(
        written,
        client,
        Policy::preamble,
        ClientMethod::elements,
        Diagnostic.PREAMBLE_TYPE,
        reporter);
    check(written, client, Policy::check, ClientMethod::results, Diagnostic.CHECK_TYPE, reporter);
    revise(written, client, reporter);
    hedges(written, client, reporter);
  }

  private static void hedges(RetryAnnotation written, RetryingClient client, Reporter reporter) {
    Setting<Long> hedge = written.policy().hedgeAfterMs();
    boolean applies =
        client.methods().stream()
            .map(ClientMethod::retry)
            .anyMatch(retry -> retry != null && retry.isHedged());
    if (written.policy().isHedged() && client.retries() && !applies) {
      reporter.report(
          Diagnostic.HEDGE_NOT_SUPPORTED,
          hedge.at().isIn(client.at()) ? hedge.at() : written.at(),
          client.type().simpleName(),
          "none of its methods can make two attempts at once",
          "Return futures or publishers, or remove hedgeAfterMs");
    }
  }

  private static void revise(RetryAnnotation written, RetryingClient client, Reporter reporter) {
    SettingClass reviser = written.policy().revise();
    boolean applies = client.methods().stream().anyMatch(method -> method.revised() != null);
    if (reviser != null && client.retries() && !applies) {
      reporter.report(
          Diagnostic.NOTHING_REVISED,
          reviser.at().isIn(client.at()) ? reviser.at() : written.at(),
          client.type().simpleName(),
          "no parameter of the type that " + reviser.name() + " revises is marked");
    }
  }

  private static void check(
      RetryAnnotation written,
      RetryingClient client,
      Function<Policy, @Nullable SettingClass> setting,
      Function<ClientMethod, @Nullable StreamElements> results,
      Diagnostic diagnostic,
      Reporter reporter) {
    SettingClass named = setting.apply(written.policy());
    TakenType argument = named == null ? null : named.takes();
    if (named == null || argument == null) {
      return;
    }
    List<ClientMethod> candidates =
        client.methods().stream()
            .filter(method -> method.annotations().fromType())
            .filter(method -> method.retry() != null && results.apply(method) != null)
            .toList();
    boolean applies =
        candidates.stream()
            .map(ClientMethod::retry)
            .anyMatch(retry -> retry != null && setting.apply(retry) != null);
    if (!candidates.isEmpty() && !applies) {
      ClientMethod first = candidates.get(0);
      StreamElements found = results.apply(first);
      Position at = named.at().isIn(client.at()) ? named.at() : written.at();
      reporter.report(
          diagnostic,
          at,
          named.name(),
          argument,
          first.describe(),
          found == null ? "unknown" : found.type());
    }
  }
}
