package dev.llmretry.examples;

import static dev.llmretry.examples.provider.Replies.rateLimited;
import static dev.llmretry.examples.provider.Replies.unauthorized;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmretry.examples.provider.EmbeddedProvider;
import dev.llmretry.runtime.CancellationSource;
import dev.llmretry.runtime.CancellationToken;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class DemoTest {

  private static final String KEY = "sk-secret";

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(Map<String, String> environment, CancellationToken cancel, String... args) {
    return Demo.run(args, environment, cancel, print(out), print(err));
  }

  private int real(Map<String, String> environment) {
    return run(environment, CancellationToken.none(), "--real");
  }

  private static PrintStream print(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  private static Map<String, String> environment(String url, String key) {
    return Map.of("OPENAI_BASE_URL", url, "OPENAI_API_KEY", key, "OPENAI_MODEL", "gpt-test");
  }

  @Test
  void helpIsNoError() {
    assertThat(run(Map.of("OPENAI_API_KEY", KEY), CancellationToken.none(), "--help")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("--seed N", "OPENAI_BASE_URL");
  }

  @ParameterizedTest
  @CsvSource({
    "--sed, Unknown option --sed",
    "--seed, --seed needs a number",
    "--seed x, 'whole number, not x'",
    "--seed 1 2, Unexpected argument 2",
    "--random 1, Unexpected argument 1",
  })
  void wrongArgumentsAreExplained(String args, String message) {
    assertThat(run(Map.of(), CancellationToken.none(), args.split(" ", -1))).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains(message, "--help");
    assertThat(out.size()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "http://localhost/v1, '', OPENAI_API_KEY is not",
    "localhost/v1, sk-secret, must look like https://",
    "ftp://localhost/v1, sk-secret, must look like https://",
    "http://local host, sk-secret, must look like https://",
    "http://localhost/v1, sk- secret, characters",
  })
  void aHalfOrWrongEnvironmentIsExplained(String url, String key, String message) {
    assertThat(real(environment(url, key))).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains(message).doesNotContain("secret");
  }

  @Test
  void whatTheEnvironmentNamesIsLeftAloneUnlessAskedFor() {
    CancellationSource ctrlC = new CancellationSource();
    ctrlC.cancel();
    assertThat(run(environment("no URL", "no key"), ctrlC.token())).isEqualTo(130);
  }

  @Test
  void callsTheProviderOfTheEnvironment() {
    try (EmbeddedProvider provider = new EmbeddedProvider()) {
      provider.script(List.of(rateLimited().with("retry-after-ms", "1")));

      int status = real(environment(provider.baseUrl() + "/", KEY));

      assertThat(status).isZero();
      assertThat(provider.requests()).isEqualTo(2);
    }
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("#1  HTTP 429 rate_limit_exceeded", "RATE_LIMITED", "as asked", "#2  answered")
        .contains("gpt-test: You said: Say hello")
        .doesNotContain(KEY);
  }

  @Test
  void tellsWhyThatProviderDidNotAnswer() {
    try (EmbeddedProvider provider = new EmbeddedProvider()) {
      provider.script(List.of(unauthorized()));
      assertThat(real(environment(provider.baseUrl().toString(), KEY))).isEqualTo(1);
    }
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("UNAUTHORIZED", "No answer from gpt-test: Incorrect API key")
        .doesNotContain(KEY);
  }

  @Test
  void cancellationEndsTheDemo() {
    CancellationSource ctrlC = new CancellationSource();
    ctrlC.cancel();

    assertThat(run(Map.of(), ctrlC.token())).isEqualTo(130);
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("Cancelled.");
  }
}
