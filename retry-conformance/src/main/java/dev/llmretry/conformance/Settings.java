package dev.llmretry.conformance;

import dev.llmretry.FailureKind;
import dev.llmretry.Jitter;
import dev.llmretry.Nested;
import dev.llmretry.ResultCheck;
import dev.llmretry.runtime.RetryPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Settings of a case, both as a policy and as the source code of the annotation's members. */
public final class Settings {

  private final Map<String, String> members = new LinkedHashMap<>();
  private final List<Consumer<RetryPolicy.Builder>> changes = new ArrayList<>();

  private Settings() {}

  public static Settings defaults() {
    return new Settings();
  }

  public Settings max(int retries) {
    return with("max", "" + retries, builder -> builder.maxRetries(retries));
  }

  public Settings baseDelayMs(long millis) {
    return with("baseDelayMs", "" + millis, builder -> builder.baseDelay(ms(millis)));
  }

  public Settings multiplier(double factor) {
    return with("multiplier", "" + factor, builder -> builder.multiplier(factor));
  }

  public Settings maxDelayMs(long millis) {
    return with("maxDelayMs", "" + millis, builder -> builder.maxDelay(ms(millis)));
  }

  public Settings jitter(Jitter jitter) {
    return with("jitter", "Jitter." + jitter, builder -> builder.jitter(jitter));
  }

  public Settings nested(Nested nested) {
    return with("nested", "Nested." + nested, builder -> builder.nested(nested));
  }

  public Settings deadlineMs(long millis) {
    return with("deadlineMs", "" + millis, builder -> builder.deadline(ms(millis)));
  }

  public Settings attemptTimeoutMs(long millis) {
    return with("attemptTimeoutMs", "" + millis, builder -> builder.attemptTimeout(ms(millis)));
  }

  public Settings hedgeAfterMs(long millis) {
    return with("hedgeAfterMs", "" + millis, builder -> builder.hedgeAfter(ms(millis)));
  }

  public Settings maxRetryAfterMs(long millis) {
    return with("maxRetryAfterMs", "" + millis, builder -> builder.maxRetryAfter(ms(millis)));
  }

  public Settings unlimitedRetryAfter() {
    return with("maxRetryAfterMs", "LlmRetry.NO_LIMIT", RetryPolicy.Builder::unlimitedRetryAfter);
  }

  public Settings retryOn(Class<? extends Throwable> type) {
    return with("retryOn", "" + type.getCanonicalName() + ".class", b -> b.retryOn(type));
  }

  public Settings abortOn(Class<? extends Throwable> type) {
    return with("abortOn", "" + type.getCanonicalName() + ".class", b -> b.abortOn(type));
  }

  public Settings retryOn(FailureKind kind) {
    return with("retryOnKinds", "FailureKind." + kind, builder -> builder.retryOn(kind));
  }

  public Settings abortOn(FailureKind kind) {
    return with("abortOnKinds", "FailureKind." + kind, builder -> builder.abortOn(kind));
  }

  public Settings check(Class<? extends ResultCheck<?>> type) {
    return with(
        "check", type.getCanonicalName() + ".class", builder -> builder.check(instance(type)));
  }

  private static <T> T instance(Class<T> type) {
    try {
      return type.getConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private Settings with(String member, String value, Consumer<RetryPolicy.Builder> change) {
    members.put(member, value);
    changes.add(change);
    return this;
  }

  private static Duration ms(long millis) {
    return Duration.ofMillis(millis);
  }

  /** Returns the settings as a policy. */
  public RetryPolicy policy(String name) {
    RetryPolicy.Builder builder = RetryPolicy.builder(name);
    changes.forEach(change -> change.accept(builder));
    return builder.build();
  }

  /** Returns the settings as an annotation in source code. */
  public String annotation() {
    List<String> written = new ArrayList<>();
    members.forEach((member, value) -> written.add(member + " = " + value));
    return "@LlmRetry(" + String.join(", ", written) + ")";
  }
}
