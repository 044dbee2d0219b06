package dev.llmretry.providers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmretry.runtime.classification.FailureFacts;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FactsTest {

  private static final Map<String, List<String>> HEADERS = Map.of("retry-after", List.of("1"));

  private static Facts<SdkException> facts() {
    return Facts.of(new SdkException(), SdkException.class);
  }

  private static Facts<SdkException> complete() {
    return facts()
        .status(e -> 429)
        .headers(e -> HEADERS)
        .code(e -> "code")
        .type(e -> "type")
        .message(e -> "message")
        .retryAfter(e -> Duration.ofSeconds(2));
  }

  private static final FailureFacts COMPLETE =
      FailureFacts.builder()
          .statusCode(429)
          .headers(HEADERS)
          .errorCode("code")
          .errorType("type")
          .message("message")
          .retryAfter(Duration.ofSeconds(2))
          .build();

  private static <T> T fail(String how) {
    switch (how) {
      case "an exception" -> throw new IllegalStateException("no code");
      case "no such method" -> throw new NoSuchMethodError("code");
      case "no such class" -> throw new NoClassDefFoundError("Code");
      default -> {
        return null;
      }
    }
  }

  @Test
  void allIsCollected() {
    assertThat(complete().collected()).isEqualTo(COMPLETE);
  }

  @Test
  void nothingIsKnownUntilAsked() {
    assertThat(facts().collected()).isEqualTo(FailureFacts.builder().build());
  }

  @ParameterizedTest
  @ValueSource(strings = {"an exception", "no such method", "no such class", "null"})
  void anAccessorThatFailsCostsItsOwnFact(String how) {
    FailureFacts collected =
        facts()
            .code(e -> fail(how))
            .type(e -> "type")
            .status(e -> FactsTest.<Integer>fail(how))
            .headers(e -> fail(how))
            .message(e -> fail(how))
            .retryAfter(e -> fail(how))
            .collected();
    assertThat(collected).isEqualTo(FailureFacts.builder().errorType("type").build());
  }

  @ParameterizedTest
  @ValueSource(strings = {"an exception", "no such method", "no such class", "null"})
  void theNextAccessorIsAsked(String how) {
    FailureFacts collected =
        facts()
            .status(e -> FactsTest.<Integer>fail(how))
            .status(e -> 429)
            .headers(e -> fail(how))
            .headers(e -> HEADERS)
            .code(e -> fail(how))
            .code(e -> "code")
            .type(e -> fail(how))
            .type(e -> "type")
            .message(e -> fail(how))
            .message(e -> "message")
            .retryAfter(e -> fail(how))
            .retryAfter(e -> Duration.ofSeconds(2))
            .collected();
    assertThat(collected).isEqualTo(COMPLETE);
  }

  @Test
  void theFirstThatKnowsCounts() {
    FailureFacts collected =
        complete()
            .status(e -> 500)
            .headers(e -> Map.of("date", List.of()))
            .code(e -> "other")
            .type(e -> "other")
            .message(e -> "other")
            .retryAfter(e -> Duration.ofSeconds(9))
            .collected();
    assertThat(collected).isEqualTo(COMPLETE);
  }

  @Test
  void headersAreReadByTheirNames() {
    FailureFacts collected =
        facts()
            .headers(e -> Set.of("retry-after", "date"), (e, name) -> HEADERS.get(name))
            .collected();
    assertThat(collected.headers()).isEqualTo(HEADERS);
  }

  @Test
  void anErrorOfAnotherClassIsRefused() {
    assertThatThrownBy(() -> Facts.of(new Exception(), SdkException.class))
        .isInstanceOf(ClassCastException.class);
  }

  private static final class SdkException extends Exception {
    private static final long serialVersionUID = 1;
  }
}
