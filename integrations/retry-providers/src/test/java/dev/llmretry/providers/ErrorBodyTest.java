package dev.llmretry.providers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorBodyTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "{\"error\": {\"code\": \"c\", \"type\": \"t\"}}              | c   | t",
        "{\"error\": {\"code\": null, \"type\": \"t\"}}               |     | t",
        "{\"type\": \"error\", \"error\": {\"type\": \"t\", \"details\": {\"error_code\": \"c\"}}}"
            + " | c | t",
        "{\"error\": {\"code\": 429, \"status\": \"s\"}}              | 429 | s",
        "[{\"error\": {\"code\": 429, \"status\": \"s\"}}]            | 429 | s",
        "{\"object\": \"error\", \"code\": 400, \"type\": \"t\"}      | 400 | t",
        "{\"error\": \"server busy\"}                                 |     | ",
        "[]                                                           |     | ",
        "<html></html>                                                |     | ",
      })
  void codeAndTypeAreFound(String body, String code, String type) {
    assertThat(ErrorBody.code(body)).isEqualTo(code);
    assertThat(ErrorBody.type(body)).isEqualTo(type);
  }
}
