package dev.llmretry.providertests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmretry.FailureKind;
import dev.llmretry.providertests.Losses.Loss;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The list of what SDKs lose. */
class LossesTest {

  private static final RecordedResponse LIMIT =
      new RecordedResponse(
          "acme/rate-limit",
          new Verdict(FailureKind.QUOTA_EXHAUSTED, Duration.ofSeconds(9)),
          429,
          Map.of("retry-after", "9"),
          "{\"error\": {\"code\": \"insufficient_quota\"}}");

  private static Losses losses(String... lines) {
    return Losses.parse(List.of(lines));
  }

  @Test
  void theFirstLineThatAppliesCounts() {
    Losses losses =
        losses(
            "# a comment",
            "",
            "other | * | status only | -",
            "sdk:streaming | * | without body | -",
            "sdk | acme/*-limit | without headers | -",
            "sdk | * | SERVER | -");

    assertThat(rest(losses, "sdk", Way.BLOCKING)).isEqualTo("without headers");
    assertThat(rest(losses, "sdk", Way.STREAMING)).isEqualTo("without body");
    assertThat(rest(losses, "sdk-oldest", Way.BLOCKING)).isEqualTo("without headers");
    assertThat(losses.find("another", Way.BLOCKING, LIMIT)).isNull();
  }

  private static String rest(Losses losses, String carrier, Way way) {
    return losses.find(carrier, way, LIMIT).rest();
  }

  @Test
  void aLineForTheOldestVersionIsNotForTheNewest() {
    Losses losses = losses("sdk-oldest | * | status only | -");

    assertThat(losses.find("sdk", Way.BLOCKING, LIMIT)).isNull();
    assertThat(losses.find("sdk-oldest", Way.BLOCKING, LIMIT)).isNotNull();
    assertThat(losses.of("sdk")).isEmpty();
    assertThat(losses.of("sdk-oldest")).hasSize(1);
  }

  @Test
  void theVerdictIsOnTheRest() {
    assertThat(verdict("without headers"))
        .isEqualTo(new Verdict(FailureKind.QUOTA_EXHAUSTED, null));
    assertThat(verdict("without body"))
        .isEqualTo(new Verdict(FailureKind.RATE_LIMITED, Duration.ofSeconds(9)));
    assertThat(verdict("status only")).isEqualTo(new Verdict(FailureKind.RATE_LIMITED, null));
    assertThat(verdict("SERVER")).isEqualTo(new Verdict(FailureKind.SERVER, null));
    assertThat(verdict("OVERLOADED 1m30s"))
        .isEqualTo(new Verdict(FailureKind.OVERLOADED, Duration.ofSeconds(90)));
  }

  private static Verdict verdict(String rest) {
    return new Loss("sdk", "*", rest, "-").verdict(LIMIT);
  }

  @Test
  void aLossMattersIfTheVerdictIsAnother() {
    assertThat(new Loss("sdk", "*", "without headers", "-").matters(LIMIT)).isTrue();
    assertThat(new Loss("sdk", "*", "QUOTA_EXHAUSTED 9s", "-").matters(LIMIT)).isFalse();
  }

  @Test
  void aLineHasFourColumns() {
    assertThatThrownBy(() -> losses("sdk | * | status only"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
