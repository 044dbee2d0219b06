package dev.llmretry.runtime.internal.classification;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonScannerTest {

  private static final class Events implements JsonScanner.Handler {
    private final List<String> seen = new ArrayList<>();

    @Override
    public void begin(@Nullable String name) {
      seen.add(name + "{");
    }

    @Override
    public void end() {
      seen.add("}");
    }

    @Override
    public void value(@Nullable String name, String value) {
      seen.add(name + "=" + value);
    }
  }

  private static List<String> read(String text) {
    Events events = new Events();
    JsonScanner.scan(text, 0, events);
    return events.seen;
  }

  @Test
  void membersAndElementsAreRead() {
    assertThat(
            read(
                """
                {"error": {"code": 429, "fatal": true, "wait": -1.5E+3, "list": ["a", {}, []]},
                 "param": null, "message": "m"}
                """))
        .containsExactly(
            "null{",
            "error{",
            "code=429",
            "fatal=true",
            "wait=-1.5E+3",
            "list{",
            "null=a",
            "null{",
            "}",
            "null{",
            "}",
            "}",
            "}",
            "message=m",
            "}");
  }

  @Test
  void escapesAreResolved() {
    assertThat(read("[\"\\\"\\\\\\/\\n\\u0041\\u4F59\"]"))
        .containsExactly("null{", "null=\"\\/\nA余", "}");
    assertThat(JsonScanner.unescape("{\\\"a\\\": \\\"b\\\\n\\\"}")).isEqualTo("{\"a\": \"b\\n\"}");
  }

  @Test
  void theNotationOfPythonIsRead() {
    assertThat(read("{'error': {'message': \"You've hit it\", 'param': None, 'code': 'x'}}"))
        .containsExactly("null{", "error{", "message=You've hit it", "code=x", "}", "}");
  }

  @Test
  void theEndIsReturned() {
    String text = "{\"a\": [1]} and more";
    assertThat(JsonScanner.scan(text, 0, new Events())).isEqualTo(text.indexOf(" and"));
    assertThat(JsonScanner.scan("{\"a\": [1]", 0, new Events())).isEqualTo(-1);
    assertThat(JsonScanner.scan("{\"a\": \"b", 0, new Events())).isEqualTo(-1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "{\"a\": \"b                | null{ a=b",
        "{\"a\": \"b\\              | null{ a=b",
        "{\"a\": \"b\\u00           | null{ a=b?",
        "{\"a\" \"b\": \"c\"}       | null{ null=a b=c }",
        "{\"a\":}                   | null{ }",
        "{\"a\": 1,}                | null{ a=1 }",
        "{a: 1}                     | null{ null=a null=1 }",
        "[1 2]                      | null{ null=1 null=2 }",
      })
  void whatIsInvalidIsSkipped(String text, String events) {
    assertThat(String.join(" ", read(text))).isEqualTo(events);
  }

  @Test
  void nestingTakesNoStack() {
    assertThat(read("[".repeat(1_000_000))).hasSize(1_000_000);
    assertThat(read("{\"a\":".repeat(100_000) + "1" + "}".repeat(100_000))).hasSize(200_001);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"a\"", "[{\"a\"", "[ {\"", "[\"a\"", "{ \n\"a\"", "{'a'", "{\\\"a"})
  void objectsAndArraysAreFound(String json) {
    String text = "[1113][Insufficient balance] {} {a} [see docs] 429 - " + json;
    assertThat(JsonScanner.find(text, 0)).isEqualTo(text.length() - json.length());
    assertThat(JsonScanner.find(text, text.length() - json.length() + 1))
        .isEqualTo(json.startsWith("[") && json.contains("{") ? text.indexOf("{\"") : -1);
  }
}
