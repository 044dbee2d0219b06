package dev.llmretry.providers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {

  @Test
  void everythingIsRead() {
    Map<String, Object> nothing = new HashMap<>();
    nothing.put("param", null);
    assertThat(
            JsonReader.read(
                """
                {"error": {"code": 429, "fatal": true, "wait": -1.5E+3, "list": ["a", {}, []]},
                 "nothing": {"param": null}}
                """))
        .isEqualTo(
            Map.of(
                "error",
                Map.of(
                    "code",
                    "429",
                    "fatal",
                    "true",
                    "wait",
                    "-1.5E+3",
                    "list",
                    List.of("a", Map.of(), List.of())),
                "nothing",
                nothing));
    assertThat(JsonReader.read(" [null] ")).isEqualTo(Arrays.asList((Object) null));
  }

  @Test
  void escapesAreResolved() {
    assertThat(JsonReader.read("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0041\""))
        .isEqualTo("\"\\/\b\f\n\r\tA");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[",
        "\"",
        "\"\\",
        "\"\\u00",
        "\"\\uxyz0\"",
        "{\"a\"}",
        "{\"a\":}",
        "{a: 1}",
        "[1,]",
        "[1 2]",
        "{} {}",
        "<html>",
        "null",
        "{\"a\": 1,}"
      })
  void allElseIsNothing(String text) {
    assertThat(JsonReader.read(text)).isNull();
  }

  @Test
  void whatIsHugeOrDeepIsNotRead() {
    assertThat(JsonReader.read("[".repeat(40) + "]".repeat(40))).isNotNull();
    assertThat(JsonReader.read("[".repeat(60) + "]".repeat(60))).isNull();
    assertThat(JsonReader.read('"' + "x".repeat(100_000) + '"')).isNull();
    assertThat(JsonReader.read(null)).isNull();
  }
}
