package dev.llmretry.providertests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmretry.FailureKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The recorded responses themselves: their format, and the verdict on each without an SDK. */
class RecordedResponseTest {

  /** Prints how many are recorded of each provider. */
  @AfterAll
  static void count() {
    Map<String, Long> providers =
        responses()
            .collect(
                Collectors.groupingBy(
                    RecordedResponse::provider, TreeMap::new, Collectors.counting()));
    System.out.println(responses().count() + " recorded responses: " + providers);
  }

  static Stream<RecordedResponse> responses() {
    return RecordedResponse.all().stream();
  }

  @ParameterizedTest
  @MethodSource("responses")
  void anExceptionWithTheWholeResponseIsTakenForWhatItIs(RecordedResponse response) {
    assertThat(Verdict.of(new ResponseException(response)))
        .as("%s: %s", response, response.body())
        .isEqualTo(response.verdict());
  }

  @Test
  void theBodyIsWhatFollowsTheHeaders() {
    RecordedResponse response =
        RecordedResponse.parse(
            "acme/limit",
            """
            kind: RATE_LIMITED
            wait: 1m30s
            source: https://example.org/headers
            source: https://example.org/body
            combined: the headers are from the first page, the body from the second

            HTTP/1.1 429
            retry-after: 90

            {"a": "b: c

            d"}
            """);

    assertThat(response)
        .isEqualTo(
            new RecordedResponse(
                "acme/limit",
                new Verdict(FailureKind.RATE_LIMITED, Duration.ofSeconds(90)),
                429,
                Map.of("retry-after", "90"),
                "{\"a\": \"b: c\n\nd\"}"));
    assertThat(response.provider()).isEqualTo("acme");
  }

  @Test
  void theBodyMayBeMissing() {
    RecordedResponse response =
        RecordedResponse.parse(
            "acme/down", "kind: SERVER\nsource: https://example.org/\n\nHTTP/1.1 500\n");

    assertThat(response.body()).isEmpty();
    assertThat(response.verdict()).isEqualTo(new Verdict(FailureKind.SERVER, null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kind: SERVER\n\nHTTP/1.1 500\n",
        "source: https://example.org/\n\nHTTP/1.1 500\n",
        "kind: SERVER\nsource: https://example.org/a\nsource: https://example.org/b\n\nHTTP/1.1 500\n",
        "kind: SERVER\nsource: a friend\n\nHTTP/1.1 500\n",
        "kind: SERVED\nsource: https://example.org/\n\nHTTP/1.1 500\n",
        "kind: SERVER\nafter: 3s\nsource: https://example.org/\n\nHTTP/1.1 500\n",
        "kind: SERVER\nsource: https://example.org/\n\nHTTP/1.1 abc\n",
        "kind: SERVER\nsource: https://example.org/\n\nHTTP/1.1 500\nserver\n",
        "kind: SERVER\nsource: https://example.org/\n\nHTTP/1.1 500\na: b\na: c\n",
        "kind: SERVER\nsource: https://example.org/\nHTTP/1.1 500\n",
      })
  void anythingElseIsRefused(String text) {
    assertThatThrownBy(() -> RecordedResponse.parse("acme/down", text))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void lossesNameCarriersThatAreTested() throws IOException {
    String tests = sources();
    Set<String> unknown =
        Losses.read().all().stream()
            .map(loss -> loss.carrier().replaceFirst("(-oldest)?(:.*)?$", ""))
            .filter(carrier -> !tests.contains("return \"" + carrier + "\";"))
            .collect(Collectors.toSet());

    assertThat(unknown).isEmpty();
  }

  private static String sources() throws IOException {
    StringBuilder all = new StringBuilder();
    // Not all of a module: another one's build may be writing there.
    try (Stream<Path> modules = Files.list(Path.of(".."))) {
      for (Path tests : modules.map(module -> module.resolve("src/test")).toList()) {
        if (Files.isDirectory(tests)) {
          append(tests, all);
        }
      }
    }
    return all.toString();
  }

  private static void append(Path tests, StringBuilder all) throws IOException {
    try (Stream<Path> files = Files.walk(tests)) {
      for (Path file :
          files.filter(file -> file.toString().endsWith("ResponsesTest.java")).toList()) {
        all.append(Files.readString(file));
      }
    }
  }
}
