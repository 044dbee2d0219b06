package dev.llmretry.runtime.classification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class FailureFactsTest {

  private static FailureFacts.Builder all() {
    return FailureFacts.builder()
        .statusCode(429)
        .headers(Map.of("retry-after", List.of("1")))
        .errorCode("code")
        .errorType("type")
        .message("text")
        .retryAfter(Duration.ofSeconds(2));
  }

  @Test
  void nothingIsSetAtFirst() {
    FailureFacts facts = FailureFacts.builder().build();
    assertThat(facts.statusCode()).isZero();
    assertThat(facts.headers()).isEmpty();
    assertThat(facts.errorCode()).isNull();
    assertThat(facts.errorType()).isNull();
    assertThat(facts.message()).isNull();
    assertThat(facts.retryAfter()).isNull();
  }

  @Test
  void whatIsSetIsReturned() {
    FailureFacts facts = all().build();
    assertThat(facts.statusCode()).isEqualTo(429);
    assertThat(facts.headers()).isEqualTo(Map.of("retry-after", List.of("1")));
    assertThat(facts.errorCode()).isEqualTo("code");
    assertThat(facts.errorType()).isEqualTo("type");
    assertThat(facts.message()).isEqualTo("text");
    assertThat(facts.retryAfter()).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void whatHasBeenBuiltDoesNotChangeWithTheBuilder() {
    FailureFacts.Builder builder = FailureFacts.builder().statusCode(500);
    FailureFacts facts = builder.build();
    builder.statusCode(503);
    assertThat(facts.statusCode()).isEqualTo(500);
  }

  @Test
  void factsAreEqualIfEachFactIs() {
    FailureFacts facts = all().build();
    assertThat(facts)
        .isEqualTo(all().build())
        .hasSameHashCodeAs(all().build())
        .hasToString(
            "FailureFacts[statusCode=429, headers={retry-after=[1]}, errorCode=code, errorType=type,"
                + " message=text, retryAfter=PT2S]")
        .isNotEqualTo("facts");
    List<UnaryOperator<FailureFacts.Builder>> changes =
        List.of(
            b -> b.statusCode(0),
            b -> b.headers(Map.of()),
            b -> b.errorCode(null),
            b -> b.errorType(null),
            b -> b.message(null),
            b -> b.retryAfter(null));
    for (UnaryOperator<FailureFacts.Builder> change : changes) {
      assertThat(change.apply(all()).build()).isNotEqualTo(facts);
    }
  }

  @Test
  void headersAreRequired() {
    assertThatThrownBy(() -> FailureFacts.builder().headers(null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("headers");
  }
}
