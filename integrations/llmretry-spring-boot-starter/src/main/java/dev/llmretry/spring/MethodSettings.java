package dev.llmretry.spring;

import dev.llmretry.FailureKind;
import dev.llmretry.Jitter;
import dev.llmretry.Nested;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a method, {@code llmretry.methods.chat}, as the metadata of configuration
 * properties describes them, so that editors complete them. The settings themselves are read by
 * {@link dev.llmretry.runtime.PropertySettings}. Not safe for use by several threads.
 */
public final class MethodSettings {

  private @Nullable Boolean enabled;
  private @Nullable Integer max;
  private @Nullable Duration baseDelay;
  private @Nullable Double multiplier;
  private @Nullable Duration maxDelay;
  private @Nullable Jitter jitter;
  private @Nullable Nested nested;
  private @Nullable Duration deadline;
  private @Nullable Duration attemptTimeout;
  private @Nullable Duration hedgeAfter;
  private @Nullable Duration maxRetryAfter;
  private @Nullable List<FailureKind> retryOnKinds;
  private @Nullable List<FailureKind> abortOnKinds;

  /** Creates settings of which none is set. */
  public MethodSettings() {}

  /** {@return whether failed attempts are retried; null if not set} */
  public @Nullable Boolean getEnabled() {
    return enabled;
  }

  /**
   * Sets whether failed attempts are retried.
   *
   * @param value the value; null for that of the annotation
   */
  public void setEnabled(@Nullable Boolean value) {
    enabled = value;
  }

  /** {@return the number of retries; null if not set} */
  public @Nullable Integer getMax() {
    return max;
  }

  /**
   * Sets the number of retries.
   *
   * @param value the value; null for that of the annotation
   */
  public void setMax(@Nullable Integer value) {
    max = value;
  }

  /** {@return the delay before the first retry; null if not set} */
  public @Nullable Duration getBaseDelay() {
    return baseDelay;
  }

  /**
   * Sets the delay before the first retry.
   *
   * @param value the value; null for that of the annotation
   */
  public void setBaseDelay(@Nullable Duration value) {
    baseDelay = value;
  }

  /** {@return the factor by which each delay is longer than the one before; null if not set} */
  public @Nullable Double getMultiplier() {
    return multiplier;
  }

  /**
   * Sets the factor by which each delay is longer than the one before.
   *
   * @param value the value; null for that of the annotation
   */
  public void setMultiplier(@Nullable Double value) {
    multiplier = value;
  }

  /** {@return the upper limit of back-off; null if not set} */
  public @Nullable Duration getMaxDelay() {
    return maxDelay;
  }

  /**
   * Sets the upper limit of back-off.
   *
   * @param value the value; null for that of the annotation
   */
  public void setMaxDelay(@Nullable Duration value) {
    maxDelay = value;
  }

  /** {@return how delays are randomised; null if not set} */
  public @Nullable Jitter getJitter() {
    return jitter;
  }

  /**
   * Sets how delays are randomised.
   *
   * @param value the value; null for that of the annotation
   */
  public void setJitter(@Nullable Jitter value) {
    jitter = value;
  }

  /** {@return whether errors that a nested retry gave up on are retried; null if not set} */
  public @Nullable Nested getNested() {
    return nested;
  }

  /**
   * Sets whether errors that a nested retry gave up on are retried.
   *
   * @param value the value; null for that of the annotation
   */
  public void setNested(@Nullable Nested value) {
    nested = value;
  }

  /** {@return the time limit of a call; none for no limit; null if not set} */
  public @Nullable Duration getDeadline() {
    return deadline;
  }

  /**
   * Sets the time limit of a call; none for no limit.
   *
   * @param value the value; null for that of the annotation
   */
  public void setDeadline(@Nullable Duration value) {
    deadline = value;
  }

  /** {@return the time limit of an attempt; none for no limit; null if not set} */
  public @Nullable Duration getAttemptTimeout() {
    return attemptTimeout;
  }

  /**
   * Sets the time limit of an attempt; none for no limit.
   *
   * @param value the value; null for that of the annotation
   */
  public void setAttemptTimeout(@Nullable Duration value) {
    attemptTimeout = value;
  }

  /** {@return the time after which a slow attempt is hedged; none for never; null if not set} */
  public @Nullable Duration getHedgeAfter() {
    return hedgeAfter;
  }

  /**
   * Sets the time after which a slow attempt is hedged; none for never.
   *
   * @param value the value; null for that of the annotation
   */
  public void setHedgeAfter(@Nullable Duration value) {
    hedgeAfter = value;
  }

  /** {@return the longest delay that a provider may ask for; none for any; null if not set} */
  public @Nullable Duration getMaxRetryAfter() {
    return maxRetryAfter;
  }

  /**
   * Sets the longest delay that a provider may ask for; none for any.
   *
   * @param value the value; null for that of the annotation
   */
  public void setMaxRetryAfter(@Nullable Duration value) {
    maxRetryAfter = value;
  }

  /** {@return the kinds of failure to retry in addition; null if not set} */
  public @Nullable List<FailureKind> getRetryOnKinds() {
    return retryOnKinds;
  }

  /**
   * Sets the kinds of failure to retry in addition.
   *
   * @param value the value; null for that of the annotation
   */
  public void setRetryOnKinds(@Nullable List<FailureKind> value) {
    retryOnKinds = value;
  }

  /** {@return the kinds of failure not to retry; null if not set} */
  public @Nullable List<FailureKind> getAbortOnKinds() {
    return abortOnKinds;
  }

  /**
   * Sets the kinds of failure not to retry.
   *
   * @param value the value; null for that of the annotation
   */
  public void setAbortOnKinds(@Nullable List<FailureKind> value) {
    abortOnKinds = value;
  }
}
