package dev.llmretry.providers.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {

  @Test
  void objectsAndArraysAreWritten() {
    Map<String, Object> error = new LinkedHashMap<>();
    error.put("message", "a \"quoted\" \\ line\nbreak");
    error.put("code", 429);
    error.put("fatal", true);
    error.put("param", null);
    error.put("details", Arrays.asList(Map.of("reason", "r"), List.of(), null));
    assertThat(Json.write(Map.of("error", error)))
        .isEqualTo(
            "{\"error\":{\"message\":\"a \\\"quoted\\\" \\\\ line\\nbreak\",\"code\":429,"
                + "\"fatal\":true,\"param\":null,\"details\":[{\"reason\":\"r\"},[],null]}}");
    assertThat(Json.write(List.of(Map.of()))).isEqualTo("[{}]");
  }

  @Test
  void allElseIsNoBody() {
    assertThat(Json.write(null)).isNull();
    assertThat(Json.write("text")).isNull();
    assertThat(Json.write(429)).isNull();
  }

  @Test
  void whatIsDeepOrLongIsCutOff() {
    List<Object> deep = List.of("bottom");
    for (int i = 0; i < 100_000; i++) {
      deep = List.of(deep);
    }
    assertThat(Json.write(deep)).isEqualTo("[".repeat(31) + "]".repeat(31));
    assertThat(Json.write(new java.util.ArrayList<>(java.util.Collections.nCopies(100_000, 12345))))
        .hasSizeLessThan(100_010);
  }
}
