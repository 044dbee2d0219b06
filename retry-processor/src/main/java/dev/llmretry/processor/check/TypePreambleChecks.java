package dev.llmretry.processor.check;

import dev.llmretry.processor.model.ClientMethod;
import dev.llmretry.processor.model.Policy;
import dev.llmretry.processor.model.Position;
import dev.llmretry.processor.model.Preamble;
import dev.llmretry.processor.model.RetryAnnotations.RetryAnnotation;
import dev.llmretry.processor.model.RetryingClient;
import dev.llmretry.processor.model.StreamElements;
import java.util.List;

/** Checks that the preamble of a type applies to one of its methods. */
final class TypePreambleChecks {

  private TypePreambleChecks() {}

  static void check(RetryAnnotation written, RetryingClient client, Reporter reporter) {
    Preamble preamble = written.policy().preamble();
    List<ClientMethod> streaming =
        client.methods().stream()
            .filter(method -> method.annotations().fromType())
            .filter(method -> method.retry() != null && method.elements() != null)
            .toList();
    String tested = preamble == null ? null : preamble.elementType();
    if (preamble != null
        && tested != null
        && !streaming.isEmpty()
        && streaming.stream().map(ClientMethod::retry).noneMatch(TypePreambleChecks::hasPreamble)) {
      ClientMethod first = streaming.get(0);
      StreamElements elements = first.elements();
      Position at = preamble.at().isIn(client.at()) ? preamble.at() : written.at();
      reporter.report(
          Diagnostic.PREAMBLE_TYPE,
          at,
          preamble.name(),
          tested,
          first.describe(),
          elements == null ? "unknown" : elements.type());
    }
  }

  private static boolean hasPreamble(Policy retry) {
    return retry.preamble() != null;
  }
}
