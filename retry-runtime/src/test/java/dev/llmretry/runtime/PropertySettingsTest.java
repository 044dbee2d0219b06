package dev.llmretry.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmretry.FailureKind;
import dev.llmretry.Jitter;
import dev.llmretry.Nested;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PropertySettingsTest {

  @RegisterExtension final CapturedLog log = new CapturedLog();

  private static final RetryPolicy CHAT =
      RetryPolicy.builder("com.acme.ChatClient.complete").key("chat").build();

  private static final RetryPolicy TIMED =
      RetryPolicy.builder("com.acme.ChatClient.stream")
          .deadline(Duration.ofMinutes(1))
          .attemptTimeout(Duration.ofSeconds(5))
          .build();

  private static RetryPolicy apply(RetryPolicy policy, String... keysAndValues) {
    return file(keysAndValues).apply(policy);
  }

  private static PropertySettings file(String... keysAndValues) {
    Properties properties = new Properties();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      properties.setProperty(keysAndValues[i], keysAndValues[i + 1]);
    }
    return PropertySettings.of("retry.properties", properties);
  }

  static Stream<Arguments> settings() {
    return Stream.of(
        setting("enabled", "False", RetryPolicy::isEnabled, false),
        setting("max", "7", RetryPolicy::maxRetries, 7),
        setting("base-delay", "250ms", RetryPolicy::baseDelay, Duration.ofMillis(250)),
        setting("base-delay", "250", RetryPolicy::baseDelay, Duration.ofMillis(250)),
        setting("base-delay", "2 s", RetryPolicy::baseDelay, Duration.ofSeconds(2)),
        setting("baseDelayMs", "250", RetryPolicy::baseDelay, Duration.ofMillis(250)),
        setting("multiplier", "1.5", RetryPolicy::multiplier, 1.5),
        setting("max-delay", "2m", RetryPolicy::maxDelay, Duration.ofMinutes(2)),
        setting("maxDelay", "1h", RetryPolicy::maxDelay, Duration.ofHours(1)),
        setting("MAX_DELAY", "1d", RetryPolicy::maxDelay, Duration.ofDays(1)),
        setting("jitter", "full", RetryPolicy::jitter, Jitter.FULL),
        setting("nested", "RETRY", RetryPolicy::nested, Nested.RETRY),
        setting("deadline", "PT20S", RetryPolicy::deadline, Duration.ofSeconds(20)),
        setting("deadline", "none", RetryPolicy::deadline, null),
        setting("deadlineMs", "-1", RetryPolicy::deadline, null),
        setting("attempt-timeout", "3s", RetryPolicy::attemptTimeout, Duration.ofSeconds(3)),
        setting("max-retry-after", "0", RetryPolicy::maxRetryAfter, Duration.ZERO),
        setting("max-retry-after", "none", RetryPolicy::maxRetryAfter, null),
        setting(
            "retry-on-kinds",
            "content-filtered, UNKNOWN",
            policy ->
                policy
                    .retryOnKinds()
                    .containsAll(
                        java.util.Set.of(FailureKind.CONTENT_FILTERED, FailureKind.UNKNOWN)),
            true),
        setting("abort-on-kinds", "", policy -> policy.abortOnKinds().isEmpty(), true));
  }

  private static Arguments setting(
      String name, String value, Function<RetryPolicy, Object> getter, Object expected) {
    return Arguments.of(name, value, getter, expected);
  }

  @ParameterizedTest
  @MethodSource("settings")
  void setsEachSettingInEachSpelling(
      String name, String value, Function<RetryPolicy, Object> getter, Object expected) {
    RetryPolicy compiled = TIMED.toBuilder().abortOn(FailureKind.TIMEOUT).key("stream").build();
    RetryPolicy changed = apply(compiled, "llmretry.methods.stream." + name, value);
    assertThat(getter.apply(changed)).isEqualTo(expected);
    assertThat(getter.apply(compiled)).isNotEqualTo(expected);
    assertThat(changed.name()).isEqualTo(compiled.name());
    assertThat(changed.attemptTimeout()).isNotNull();
  }

  @Test
  void settingsMayBeAMap() {
    var settings = PropertySettings.of("code", Map.of("llmretry.all.max", "9"));
    assertThat(settings.apply(CHAT).maxRetries()).isEqualTo(9);
  }

  @Test
  void listsOfKindsAreReplaced() {
    RetryPolicy compiled = CHAT.toBuilder().retryOn(FailureKind.UNKNOWN).build();
    assertThat(apply(compiled, "llmretry.all.retry-on-kinds", "NOT_FOUND").retryOnKinds())
        .containsExactly(FailureKind.NOT_FOUND);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "llmretry.all.max",
        "llmretry.methods.chat.max",
        "llmretry.methods.Chat.max",
        "llmretry.methods.com.acme.ChatClient.complete.max",
        "llmretry.methods.com.acme.chat-client.complete.max",
        "llmretry.methods.com.acme.ChatClient.max"
      })
  void keysReferToMethods(String key) {
    assertThat(apply(CHAT, key, "9").maxRetries()).isEqualTo(9);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "llmretry.methods.complete.max",
        "llmretry.methods.com.acme.ChatClient.chat.max",
        "llmretry.methods.com.acme.ChatClient.completeAll.max",
        "llmretry.methods.com.acme.max"
      })
  void keysThatReferToOtherMethodsChangeNothing(String key) {
    assertThat(apply(CHAT, key, "9")).isSameAs(CHAT);
  }

  @Test
  void methodsWhoseNamesDifferByADotAreToldApart() {
    RetryPolicy ofList = RetryPolicy.builder("com.acme.ChatList.all").build();
    RetryPolicy ofChat = RetryPolicy.builder("com.acme.Chat.listAll").build();
    PropertySettings settings =
        file(
            "llmretry.methods.com.acme.ChatList.all.max", "8",
            "llmretry.methods.com.acme.Chat.listAll.max", "9");
    assertThat(settings.apply(ofList).maxRetries()).isEqualTo(8);
    assertThat(settings.apply(ofChat).maxRetries()).isEqualTo(9);
  }

  @Test
  void namesMayHaveAnyLetters() {
    RetryPolicy hello = RetryPolicy.builder("com.acme.Assistent.grüße").build();
    RetryPolicy ask = RetryPolicy.builder("com.acme.Assistent.質問").build();
    PropertySettings settings =
        file(
            "llmretry.methods.com.acme.Assistent.grüße.max", "8",
            "llmretry.methods.com.acme.Assistent.質問.max", "9");
    assertThat(settings.apply(hello).maxRetries()).isEqualTo(8);
    assertThat(settings.apply(ask).maxRetries()).isEqualTo(9);
  }

  @Test
  void thePrefixIsReadInAnyCase() {
    assertThat(apply(CHAT, "llmRetry.all.max", "9").maxRetries()).isEqualTo(9);
  }

  @Test
  void valuesNeedNotBeStrings() {
    Properties defaults = new Properties();
    defaults.setProperty("llmretry.all.jitter", "FULL");
    Properties properties = new Properties(defaults);
    properties.put("llmretry.all.max", 9);
    RetryPolicy changed = PropertySettings.of("code", properties).apply(CHAT);
    assertThat(changed.maxRetries()).isEqualTo(9);
    assertThat(changed.jitter()).isEqualTo(Jitter.FULL);
  }

  @Test
  void valuesAreThoseThatThePropertiesReturn() {
    Properties decrypting =
        new Properties() {
          @Override
          public String getProperty(String key) {
            return super.getProperty(key).replace("ENC(nine)", "9");
          }
        };
    decrypting.setProperty("llmretry.all.max", "ENC(nine)");
    decrypting.put("other", new Unreadable());
    assertThat(PropertySettings.of("file", decrypting).apply(CHAT).maxRetries()).isEqualTo(9);
  }

  private static final class Unreadable {

    @Override
    public String toString() {
      throw new IllegalStateException("not ours");
    }
  }

  @Test
  void aNestedClassMayBeSeparatedByADollarSign() {
    RetryPolicy nested = RetryPolicy.builder("com.acme.Outer.Inner.ask").build();
    assertThat(apply(nested, "llmretry.methods.com.acme.Outer$Inner.ask.max", "9").maxRetries())
        .isEqualTo(9);
  }

  @Test
  void refusesAKeyWithoutAValue() {
    Map<String, String> properties = new HashMap<>();
    properties.put("llmretry.all.max", null);
    PropertySettings.Builder builder = PropertySettings.builder().properties("map", properties);
    assertThatThrownBy(builder::build)
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("llmretry.all.max =  (map): it must be a whole number");
  }

  @Test
  void theLastOfSeveralSourcesTakesPrecedenceHoweverItSpellsTheKey() {
    PropertySettings settings =
        PropertySettings.builder()
            .properties("a", Map.of("llmretry.methods.chat.max", "4"))
            .environment(Map.of("LLMRETRY_METHODS_CHAT_MAX", "5"))
            .properties("b", Map.of("llmretry.methods.Chat.max", "6"))
            .build();
    assertThat(settings.apply(CHAT).maxRetries()).isEqualTo(6);
  }

  @Test
  void theMostSpecificKeyTakesPrecedence() {
    String[] all = {
      "llmretry.all.max", "4",
      "llmretry.methods.com.acme.ChatClient.max", "5",
      "llmretry.methods.chat.max", "6",
      "llmretry.methods.com.acme.ChatClient.complete.max", "7"
    };
    for (int keys = 1; keys <= 4; keys++) {
      String[] given = java.util.Arrays.copyOf(all, 2 * keys);
      assertThat(apply(CHAT, given).maxRetries()).isEqualTo(3 + keys);
    }
  }

  @Test
  void anOverloadIsNamedByItsMethodOrItsOwnName() {
    RetryPolicy overload =
        RetryPolicy.builder("com.acme.ChatClient.ask(String, int...)").key("ask-often").build();
    RetryPolicy other = RetryPolicy.builder("com.acme.ChatClient.ask(String)").build();
    String method = "llmretry.methods.com.acme.ChatClient.ask.max";
    assertThat(apply(overload, method, "9").maxRetries()).isEqualTo(9);
    assertThat(apply(other, method, "9").maxRetries()).isEqualTo(9);
    assertThat(apply(overload, "llmretry.methods.ask-often.max", "9").maxRetries()).isEqualTo(9);
    assertThat(apply(other, "llmretry.methods.ask-often.max", "9")).isSameAs(other);
  }

  @Test
  void aProgrammaticPolicyIsNamedByItsName() {
    RetryPolicy ask = RetryPolicy.builder("ask").build();
    assertThat(apply(ask, "llmretry.methods.ask.max", "9").maxRetries()).isEqualTo(9);
  }

  @ParameterizedTest
  @CsvSource({"true,true,true", "true,false,false", "false,true,false", "false,false,false"})
  void theSwitchForAllMethodsTakesPrecedenceIfItIsOff(String all, String method, boolean expected) {
    RetryPolicy changed =
        apply(CHAT, "llmretry.enabled", all, "llmretry.methods.chat.enabled", method);
    assertThat(changed.isEnabled()).isEqualTo(expected);
  }

  @Test
  void aLaterSourceTakesPrecedence() {
    PropertySettings settings =
        PropertySettings.builder()
            .properties("a", Map.of("llmretry.methods.chat.max", "4", "server.port", "80"))
            .properties(Map.of("llmretry.methods.chat.base-delay", "1s"), key -> "b:7")
            .environment(Map.of("LLMRETRY_METHODS_CHAT_MAX", "5", "PATH", "/bin"))
            .build();
    RetryPolicy changed = settings.apply(CHAT);
    assertThat(changed.maxRetries()).isEqualTo(5);
    assertThat(changed.baseDelay()).hasSeconds(1);
  }

  @ParameterizedTest
  @CsvSource({
    "LLMRETRY_ALL_MAX_DELAY, 31s",
    "LLMRETRY_METHODS_CHAT_MAX_DELAY, 31s",
    "LLMRETRY_METHODS_CHAT_MAXDELAY, 31s",
    "LLMRETRY_METHODS_COM_ACME_CHATCLIENT_COMPLETE_MAX_DELAY_MS, 31000"
  })
  void environmentVariablesSeparateWordsLikeParts(String name, String value) {
    PropertySettings settings = PropertySettings.builder().environment(Map.of(name, value)).build();
    assertThat(settings.apply(CHAT).maxDelay()).hasSeconds(31);
    settings.checkMethods();
    assertThat(log.warnings()).isEmpty();
  }

  @Test
  void otherPropertiesAreIgnored() {
    assertThat(apply(CHAT, "llmretryx.max", "1", "max", "2", "llmretry", "3")).isSameAs(CHAT);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "max | -1 | LR001 | maxRetries is -1; from 0 to 10000 are possible",
        "max | 10001 | LR001 | from 0 to 10000",
        "max | three | LR001 | it must be a whole number",
        "max | '' | LR001 | it must be a whole number",
        "multiplier | 0.5 | LR001 | it must be 1 or more",
        "multiplier | NaN | LR001 | it must be 1 or more",
        "multiplier | x | LR001 | it must be a number",
        "base-delay | -5ms | LR001 | it must be a time",
        "base-delay | 5 parsecs | LR001 | it must be a time",
        "base-delay | PT-5S | LR001 | it cannot be negative",
        "base-delay | none | LR001 | it must be a time",
        "base-delay | 999999999999d | LR001 | it must be no longer than 9223372036854 ms",
        "base-delay | 99999999999999999999 | LR001 | it must be a time",
        "baseDelayMs | 5s | LR001 | it must be a number of milliseconds",
        "deadline | 0 | LR001 | it must be more than zero",
        "attempt-timeout | PT0S | LR001 | it must be more than zero",
        "deadlineMs | -2 | LR001 | it must be a time",
        "jitter | FUL | LR001 | one of NONE, FULL, EQUAL, DECORRELATED; did you mean FULL?",
        "nested | NEVER | LR001 | it must be one of ONCE, RETRY",
        "retry-on-kinds | TIMEOUT,SERVR | LR001 | did you mean SERVER?",
        "enabled | off | LR001 | it must be true or false",
      })
  void refusesAnInvalidValueWithTheIdentifierOfTheAnnotation(
      String setting, String value, String id, String message) {
    String key = "llmretry.methods.chat." + setting;
    assertThatThrownBy(() -> file(key, value))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageStartingWith("A setting is invalid:\n  ")
        .hasMessageContaining(id + ": " + key + " = " + value + " (retry.properties): ")
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "llmretry.methods.chat.mxa | there is no setting mxa; did you mean max?",
        "llmretry.methods.chat.basdelay | there is no setting basdelay; did you mean base-delay?",
        "llmretry.methods.chat.wait-duration | there is no setting wait-duration",
        "llmretry.methods.chat.retry-on | it lists classes; set it in the annotation",
        "llmretry.methods.chat.abortOn | use abort-on-kinds",
        "llmretry.methods.chat.stream | it needs other generated code; set it in the annotation",
        "llmretry.methods.chat.preamble | it needs other generated code",
        "llmretry.methods.chat.name | set it in the annotation",
        "llmretry.methods.max | it must be llmretry.methods.<method>.<setting>",
        "llmretry.methods | it must be llmretry.methods.<method>.<setting>",
        "llmretry.all | it names no setting",
        "llmretry.all.chat.max | there is no setting chat.max",
        "llmretry.enabld | there is no setting enabld; did you mean enabled?",
        "llmretry.enabled.chat | there is no setting enabled.chat",
        "llmretry.method.chat.max | there is no setting method; did you mean methods?",
        "llmretry. | there is no setting",
      })
  void refusesAnUnknownKey(String key, String message) {
    assertThatThrownBy(() -> file(key, "1"))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining(key + " = 1 (retry.properties): ")
        .hasMessageContaining(message);
  }

  @Test
  void listsAllProblems() {
    assertThatThrownBy(
            () -> file("llmretry.methods.chat.mxa", "1", "llmretry.methods.chat.max", "x"))
        .hasMessageStartingWith("2 settings are invalid:\n")
        .hasMessageContaining("did you mean max?")
        .hasMessageContaining("whole number");
  }

  @Test
  void refusesTwoSpellingsOfOneSettingInOneSource() {
    assertThatThrownBy(
            () ->
                file(
                    "llmretry.methods.chat.max-delay",
                    "1s",
                    "llmretry.methods.chat.maxDelay",
                    "2s"))
        .hasMessageContaining("it is also set by llmretry.methods.chat.max");
  }

  @Test
  void logsAnUnknownVariable() {
    PropertySettings settings =
        PropertySettings.builder()
            .environment(Map.of("LLMRETRY_METHODS_CHAT_MXA", "1", "LLMRETRY_VERSION", "2"))
            .build();
    assertThat(settings.apply(CHAT)).isSameAs(CHAT);
    assertThat(log.warnings())
        .containsExactlyInAnyOrder(
            "LLMRETRY_METHODS_CHAT_MXA = 1 (environment) is ignored: there is no setting mxa;"
                + " did you mean max?",
            "LLMRETRY_VERSION = 2 (environment) is ignored: there is no setting version");
  }

  @Test
  void logsAnUnknownPropertyOfTheJvm() {
    Properties properties = new Properties();
    properties.setProperty("llmretry.version", "0.1");
    properties.setProperty("llmretry.methods.chat.max", "7");
    PropertySettings settings = PropertySettings.builder().systemProperties(properties).build();
    assertThat(settings.apply(CHAT).maxRetries()).isEqualTo(7);
    assertThat(log.warnings())
        .containsExactly(
            "llmretry.version = 0.1 (system property) is ignored: there is no setting version");
  }

  @Test
  void refusesAnInvalidVariable() {
    var builder = PropertySettings.builder().environment(Map.of("LLMRETRY_ALL_MAX", "many"));
    assertThatThrownBy(builder::build).hasMessageContaining("LR001: LLMRETRY_ALL_MAX = many");
  }

  @Test
  void refusesSettingsThatContradictThoseOfTheMethod() {
    PropertySettings settings = file("llmretry.methods.chat.base-delay", "40s");
    assertThatThrownBy(() -> settings.apply(CHAT))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessage(
            "LR003: com.acme.ChatClient.complete: baseDelay of 40000 ms is longer than maxDelay of"
                + " 30000 ms; raise maxDelay too\n"
                + "  set by llmretry.methods.chat.base-delay = 40s (retry.properties)");
    assertThatThrownBy(() -> apply(CHAT, "llmretry.all.retry-on-kinds", "CANCELLED"))
        .hasMessageStartingWith("LR009: ");
    RetryPolicy aborting = CHAT.toBuilder().abortOn(FailureKind.UNKNOWN).build();
    assertThatThrownBy(() -> apply(aborting, "llmretry.all.retry-on-kinds", "UNKNOWN"))
        .hasMessageStartingWith("LR011: ");
  }

  @Test
  void logsSettingsWithoutEffectAsThoseOfAnAnnotation() {
    apply(TIMED, "llmretry.all.attempt-timeout", "2m");
    assertThat(log.warnings()).singleElement().asString().startsWith("LR006: ");
  }

  @Test
  void changesWhenSlowAttemptsAreHedged() {
    RetryPolicy hedged = CHAT.toBuilder().hedgeAfter(Duration.ofSeconds(2)).build();
    assertThat(apply(hedged, "llmretry.methods.chat.hedge-after", "500ms").hedgeAfter())
        .isEqualTo(Duration.ofMillis(500));
    assertThat(apply(hedged, "llmretry.methods.chat.hedgeAfterMs", "500").hedgeAfter())
        .isEqualTo(Duration.ofMillis(500));
    assertThat(apply(hedged, "llmretry.all.hedge-after", "none").hedgeAfter()).isNull();
  }

  @Test
  void refusesHedgesForAMethodWithoutThem() {
    assertThatThrownBy(() -> apply(CHAT, "llmretry.all.hedge-after", "2s"))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageStartingWith("com.acme.ChatClient.complete was compiled without hedges, so ")
        .hasMessageEndingWith("set by llmretry.all.hedge-after = 2s (retry.properties)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"deadline", "attempt-timeout"})
  void refusesATimeLimitForAMethodWithoutOne(String setting) {
    String key = "llmretry.methods.chat." + setting;
    assertThatThrownBy(() -> apply(CHAT, key, "20s"))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessage(
            "com.acme.ChatClient.complete was compiled without a time limit, so its code has no"
                + " timer. Set deadlineMs or attemptTimeoutMs in its annotation or policy; settings"
                + " can change it then\n"
                + ("  set by " + key + " = 20s (retry.properties)"));
    assertThatCode(() -> apply(CHAT, key, "none")).doesNotThrowAnyException();
  }

  @Test
  void refusesAMethodThatDoesNotExist() {
    PropertySettings settings =
        file(
            "llmretry.methods.chatt.max", "1",
            "llmretry.methods.com.acme.ChatClint.max", "1",
            "llmretry.methods.chat.max", "1",
            "llmretry.methods.com.acme.ChatClient.stream.max", "1");
    settings.apply(CHAT);
    settings.apply(TIMED);
    assertThatThrownBy(settings::checkMethods)
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageStartingWith("2 settings are invalid:\n")
        .hasMessageContaining(
            "llmretry.methods.chatt.max = 1 (retry.properties): there is no retried method chatt;"
                + " did you mean chat?")
        .hasMessageContaining(
            "no retried method com.acme.ChatClint; did you mean com.acme.ChatClient?");
  }

  @Test
  void logsAVariableForAMethodThatDoesNotExist() {
    PropertySettings settings =
        PropertySettings.builder().environment(Map.of("LLMRETRY_METHODS_CHATT_MAX", "1")).build();
    settings.apply(CHAT);
    settings.checkMethods();
    assertThat(log.warnings()).singleElement().asString().endsWith("did you mean chat?");
  }

  @Test
  void aDescriptionShowsWhatIsSetAndWhere() {
    assertThat(file("llmretry.all.max", "5"))
        .hasToString("PropertySettings[llmretry.all.max = 5 (retry.properties)]");
  }
}
