package dev.llmretry.processor.check;

import dev.llmretry.processor.model.ClientMethod;
import dev.llmretry.processor.model.Parameter;
import dev.llmretry.processor.model.ParameterRole;
import dev.llmretry.processor.model.RetryAnnotations.RetryAnnotation;
import dev.llmretry.processor.model.RetryingClient;
import dev.llmretry.processor.model.Weaving;
import dev.llmretry.processor.model.WovenType;

/** Checks classes, whose methods only AspectJ can retry. */
final class WeavingChecks {

  private WeavingChecks() {}

  static void check(RetryingClient client, WovenType woven, boolean isWoven, Reporter reporter) {
    if (!isWoven) {
      notSet(client, reporter);
      return;
    }
    unreached(client, woven, reporter);
    for (ClientMethod method : client.methods()) {
      if (method.retry() != null && method.weaving() != null) {
        obstacle(method, method.weaving(), reporter);
        outOfReach(method, reporter);
      }
    }
  }

  private static void notSet(RetryingClient client, Reporter reporter) {
    String name = client.type().simpleName();
    for (RetryAnnotation written : client.onType()) {
      reporter.report(Diagnostic.WEAVING_NOT_SET, written.at(), written.name(), name);
    }
    for (ClientMethod method : client.methods()) {
      for (RetryAnnotation written : method.annotations().own()) {
        reporter.report(Diagnostic.WEAVING_NOT_SET, written.at(), written.name(), name);
      }
    }
  }

  private static void unreached(RetryingClient client, WovenType woven, Reporter reporter) {
    if (!woven.unreached().isEmpty()) {
      for (RetryAnnotation written : client.onType()) {
        reporter.report(
            Diagnostic.INHERITED_NOT_REACHED,
            written.at(),
            written.name(),
            client.type().simpleName(),
            String.join(", ", woven.unreached()));
      }
    }
  }

  private static void obstacle(ClientMethod method, Weaving weaving, Reporter reporter) {
    String obstacle = weaving.obstacle();
    if (obstacle != null) {
      String why =
          obstacle.equals("synchronized")
              ? "its lock would be held during delays"
              : "it has no body to weave";
      reporter.report(Diagnostic.NOT_WEAVABLE, method.at(), method.describe(), obstacle, why);
    }
  }

  private static void outOfReach(ClientMethod method, Reporter reporter) {
    for (int i = Weaving.REACHABLE_PARAMETERS; i < method.parameters().size(); i++) {
      Parameter parameter = method.parameters().get(i);
      if (parameter.role() == ParameterRole.TOKEN
          || parameter.role() == ParameterRole.ATTEMPT
          || parameter.streamCallback()) {
        reporter.report(
            Diagnostic.OUT_OF_REACH,
            parameter.at(),
            parameter.name(),
            i + 1,
            method.describe(),
            Weaving.REACHABLE_PARAMETERS);
      }
    }
  }
}
