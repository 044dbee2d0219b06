package dev.llmretry.processor.write;

import dev.llmretry.processor.model.Policy;
import java.util.List;
import java.util.stream.Collectors;

/** Describes a policy in words, for the Javadoc of generated classes. */
final class PolicyDescription {

  private static final int WAITS_SHOWN = 5;

  private PolicyDescription() {}

  /**
   * Returns, for example, {@code up to 4 attempts, waits 100, 200, 400 ms or as the provider asks}.
   */
  static String of(Policy policy) {
    StringBuilder text = new StringBuilder();
    int attempts = policy.max().value() + 1;
    text.append(attempts == 1 ? "1 attempt" : "up to " + attempts + " attempts");
    if (attempts > 1) {
      text.append(", ").append(waits(policy)).append(" or as the provider asks");
    }
    if (policy.attemptTimeoutMs().value() != Policy.NO_LIMIT) {
      text.append(", each given ").append(time(policy.attemptTimeoutMs().value()));
    }
    if (policy.isHedged()) {
      text.append(", hedged after ").append(time(policy.hedgeAfterMs().value()));
    }
    if (policy.hasDeadline()) {
      text.append(", all within ").append(time(policy.deadlineMs().value()));
    }
    return text.toString();
  }

  private static String time(long millis) {
    return millis % 1_000 == 0 ? millis / 1_000 + " s" : millis + " ms";
  }

  private static String waits(Policy policy) {
    if (policy.jitter().value().equals("DECORRELATED")) {
      return "waits of "
          + policy.baseDelayMs().value()
          + " to "
          + policy.maxDelayMs().value()
          + " ms at random";
    }
    List<Long> all = policy.delays(policy.max().value());
    String shown =
        all.stream().limit(WAITS_SHOWN).map(String::valueOf).collect(Collectors.joining(", "));
    String range =
        switch (policy.jitter().value()) {
          case "FULL" -> "waits of up to ";
          case "EQUAL" -> "waits of half to all of ";
          default -> "waits ";
        };
    String more = all.size() > WAITS_SHOWN ? ", …" : "";
    return range + shown + more + " ms";
  }
}
