package dev.llmretry.runtime.internal.settings;

import dev.llmretry.FailureKind;
import dev.llmretry.Jitter;
import dev.llmretry.Nested;
import dev.llmretry.runtime.RetryPolicy;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The settings of a method that can be given as text. */
public enum SettingKey {
  ENABLED("enabled", reader(SettingText::bool, RetryPolicy.Builder::enabled)),
  MAX("max", reader(SettingText::integer, RetryPolicy.Builder::maxRetries)),
  BASE_DELAY("base-delay", reader(SettingText::duration, RetryPolicy.Builder::baseDelay)),
  MULTIPLIER("multiplier", reader(SettingText::number, RetryPolicy.Builder::multiplier)),
  MAX_DELAY("max-delay", reader(SettingText::duration, RetryPolicy.Builder::maxDelay)),
  JITTER(
      "jitter",
      reader(text -> SettingText.constant(Jitter.values(), text), RetryPolicy.Builder::jitter)),
  NESTED(
      "nested",
      reader(text -> SettingText.constant(Nested.values(), text), RetryPolicy.Builder::nested)),
  DEADLINE("deadline", reader(SettingText::limit, RetryPolicy.Builder::deadline)),
  ATTEMPT_TIMEOUT(
      "attempt-timeout", reader(SettingText::limit, RetryPolicy.Builder::attemptTimeout)),
  HEDGE_AFTER("hedge-after", reader(SettingText::limit, RetryPolicy.Builder::hedgeAfter)),
  MAX_RETRY_AFTER(
      "max-retry-after",
      reader(
          SettingText::limit,
          (policy, time) ->
              time == null ? policy.unlimitedRetryAfter() : policy.maxRetryAfter(time))),
  RETRY_ON_KINDS("retry-on-kinds", reader(SettingKey::kinds, RetryPolicy.Builder::retryOnKinds)),
  ABORT_ON_KINDS("abort-on-kinds", reader(SettingKey::kinds, RetryPolicy.Builder::abortOnKinds));

  /** Members of the annotation that cannot be set from outside, with the reason. */
  private static final Map<String, String> COMPILED =
      Map.of(
          "retryon", "it lists classes; set it in the annotation, or use retry-on-kinds",
          "aborton", "it lists classes; set it in the annotation, or use abort-on-kinds",
          "stream", "it needs other generated code; set it in the annotation",
          "preamble", "it needs other generated code; set it in the annotation",
          "check", "it needs other generated code; set it in the annotation",
          "revise", "it needs other generated code; set it in the annotation",
          "name", "it is the name that keys refer to; set it in the annotation");

  private final String key;

  @SuppressWarnings("ImmutableEnumChecker") // the functions have no state
  private final Function<String, Consumer<RetryPolicy.Builder>> reader;

  SettingKey(String key, Function<String, Consumer<RetryPolicy.Builder>> reader) {
    this.key = key;
    this.reader = reader;
  }

  private static <T> Function<String, Consumer<RetryPolicy.Builder>> reader(
      Function<String, T> parser, BiFunction<RetryPolicy.Builder, T, RetryPolicy.Builder> setter) {
    return text -> {
      T value = parser.apply(text);
      return policy -> {
        var unused = setter.apply(policy, value);
      };
    };
  }

  private static List<FailureKind> kinds(String text) {
    return SettingText.constants(FailureKind.values(), text);
  }

  /** {@return the last part of its key} */
  public String key() {
    return key;
  }

  /**
   * {@return the setting with a name, which may also be that of the annotation's member; null if
   * there is none}
   */
  static @Nullable SettingKey find(String name) {
    String wanted = Names.canonical(name);
    return Arrays.stream(values())
        .filter(setting -> setting.isCalled(wanted))
        .findFirst()
        .orElse(null);
  }

  private boolean isCalled(String wanted) {
    String own = Names.canonical(key);
    return wanted.equals(own) || (isTime() && wanted.equals(own + "ms"));
  }

  private boolean isTime() {
    return switch (this) {
      case BASE_DELAY, MAX_DELAY, DEADLINE, ATTEMPT_TIMEOUT, HEDGE_AFTER, MAX_RETRY_AFTER -> true;
      default -> false;
    };
  }

  /** {@return why there is no setting with a name} */
  static String unknown(String name) {
    String compiled = COMPILED.get(Names.canonical(name));
    if (compiled != null) {
      return name + " cannot be set here: " + compiled;
    }
    List<String> keys = Arrays.stream(values()).map(SettingKey::key).toList();
    return "there is no setting " + name + Names.suggestion(name, keys);
  }

  /**
   * {@return what makes a policy have a value}
   *
   * @param name the name of the setting as written, on which the unit of a time depends
   * @param text the value
   * @throws IllegalArgumentException if the value is invalid
   */
  Consumer<RetryPolicy.Builder> read(String name, String text) {
    boolean inMillis = isTime() && Names.canonical(name).endsWith("ms");
    Consumer<RetryPolicy.Builder> change =
        reader.apply(inMillis ? SettingText.ofMillis(text) : text);
    change.accept(RetryPolicy.builder("any")); // checks the range
    return change;
  }
}
