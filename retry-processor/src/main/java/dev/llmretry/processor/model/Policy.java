package dev.llmretry.processor.model;

import dev.llmretry.LlmRetry;
import dev.llmretry.runtime.internal.execution.Backoff;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The settings of one {@code @LlmRetry}. */
public record Policy(
    Setting<String> name,
    Setting<Integer> max,
    Setting<Long> baseDelayMs,
    Setting<Double> multiplier,
    Setting<Long> maxDelayMs,
    Setting<String> jitter,
    Setting<String> nested,
    Setting<Long> deadlineMs,
    Setting<Long> attemptTimeoutMs,
    Setting<Long> hedgeAfterMs,
    Setting<Long> maxRetryAfterMs,
    Setting<String> stream,
    @Nullable SettingClass preamble,
    @Nullable SettingClass check,
    @Nullable SettingClass revise,
    Rules rules,
    Position at) {

  /** The value of a limit that is not set. */
  public static final long NO_LIMIT = LlmRetry.NO_LIMIT;

  /** Returns whether the settings are equal, whatever their positions. */
  public boolean hasSameSettings(Policy other) {
    return values().equals(other.values());
  }

  /** Returns the settings with other classes. */
  public Policy with(
      @Nullable SettingClass otherPreamble,
      @Nullable SettingClass otherCheck,
      @Nullable SettingClass otherReviser) {
    return new Policy(
        name,
        max,
        baseDelayMs,
        multiplier,
        maxDelayMs,
        jitter,
        nested,
        deadlineMs,
        attemptTimeoutMs,
        hedgeAfterMs,
        maxRetryAfterMs,
        stream,
        otherPreamble,
        otherCheck,
        otherReviser,
        rules,
        at);
  }

  private List<Object> values() {
    return List.of(
        name.value(),
        max.value(),
        baseDelayMs.value(),
        multiplier.value(),
        maxDelayMs.value(),
        jitter.value(),
        nested.value(),
        deadlineMs.value(),
        attemptTimeoutMs.value(),
        hedgeAfterMs.value(),
        maxRetryAfterMs.value(),
        stream.value(),
        preamble == null ? "" : preamble.name(),
        check == null ? "" : check.name(),
        revise == null ? "" : revise.name(),
        rules.names());
  }

  /** Returns whether attempts may time out. */
  public boolean isTimed() {
    return hasDeadline() || hasAttemptTimeout();
  }

  /** Returns whether each attempt has a time limit of its own. */
  public boolean hasAttemptTimeout() {
    return attemptTimeoutMs.value() != NO_LIMIT;
  }

  /** Returns whether slow attempts are hedged. */
  public boolean isHedged() {
    return hedgeAfterMs.value() != NO_LIMIT;
  }

  /** Returns the settings without hedges. */
  public Policy withoutHedges() {
    return new Policy(
        name,
        max,
        baseDelayMs,
        multiplier,
        maxDelayMs,
        jitter,
        nested,
        deadlineMs,
        attemptTimeoutMs,
        new Setting<>(hedgeAfterMs.name(), NO_LIMIT, hedgeAfterMs.at()),
        maxRetryAfterMs,
        stream,
        preamble,
        check,
        revise,
        rules,
        at);
  }

  /** Returns whether the call has a deadline. */
  public boolean hasDeadline() {
    return deadlineMs.value() != NO_LIMIT;
  }

  /** Returns whether pulled streams are retried until their first element. */
  public boolean untilFirstElement() {
    return stream.value().equals("UNTIL_FIRST_ELEMENT");
  }

  /** Returns whether delays are randomised. */
  public boolean hasJitter() {
    return !jitter.value().equals("NONE");
  }

  /**
   * Returns the first back-off delays without jitter, in milliseconds.
   *
   * @param count how many, at most
   */
  public List<Long> delays(int count) {
    return IntStream.rangeClosed(1, Math.min(count, max.value()))
        .mapToObj(
            attempt ->
                Backoff.exponential(
                    baseDelayMs.value(), multiplier.value(), maxDelayMs.value(), attempt))
        .toList();
  }
}
