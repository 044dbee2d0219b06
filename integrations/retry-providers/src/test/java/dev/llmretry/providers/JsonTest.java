package dev.llmretry.providers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {

  private static final Map<String, ?> BODY =
      Map.of(
          "type", "error", "error", Map.of("code", 429, "fatal", true, "details", List.of("more")));

  @Test
  void textIsFoundAtTheEndOfThePath() {
    assertThat(Json.text(BODY, "type")).isEqualTo("error");
    assertThat(Json.text(BODY, "error", "code")).isEqualTo("429");
    assertThat(Json.text(BODY, "error", "fatal")).isEqualTo("true");
    assertThat(Json.text("error")).isEqualTo("error");
  }

  @Test
  void allElseIsNoText() {
    assertThat(Json.text(BODY, "error")).isNull();
    assertThat(Json.text(BODY, "error", "details")).isNull();
    assertThat(Json.text(BODY, "error", "message")).isNull();
    assertThat(Json.text(BODY, "type", "code")).isNull();
    assertThat(Json.text(null, "type")).isNull();
    assertThat(Json.text(null)).isNull();
  }
}
