package dev.llmretry.providertests.comparison;

import static dev.llmretry.providertests.comparison.Situation.QUOTA;
import static dev.llmretry.providertests.comparison.Situation.RATE_LIMIT;
import static dev.llmretry.providertests.comparison.Situation.RATE_LIMIT_OF_A_DAY;
import static dev.llmretry.providertests.comparison.Situation.STREAM_OVERLOADED;
import static dev.llmretry.providertests.comparison.Situation.STREAM_OVERLOADED_LATER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmretry.providertests.LoopbackProvider;
import dev.llmretry.providertests.comparison.Result.End;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class ComparisonTest {

  private static final Result ONCE = failed(1, 0);
  private static final Result BACKED_OFF = failed(3, 1_500);
  private static final Result NO_ERROR = new Result(1, Duration.ZERO, End.RETURNED);

  /** What is different about an SDK or its provider. */
  private static final Map<String, Map<Situation, Result>> DIFFERENT =
      Map.of(
          // takes an error in a stream for a piece of the answer
          "azure-ai-openai",
          Map.of(STREAM_OVERLOADED, NO_ERROR, STREAM_OVERLOADED_LATER, NO_ERROR),
          // the same, and drops the header
          "LangChain4j",
          Map.of(
              STREAM_OVERLOADED, NO_ERROR,
              STREAM_OVERLOADED_LATER, NO_ERROR,
              RATE_LIMIT, BACKED_OFF,
              RATE_LIMIT_OF_A_DAY, BACKED_OFF),
          // drops the header
          "spring-ai-ollama",
          Map.of(RATE_LIMIT, BACKED_OFF, RATE_LIMIT_OF_A_DAY, BACKED_OFF));

  static List<Sdk> sdks() {
    return Sdk.all();
  }

  static List<Trial> trials() {
    return Comparison.trials(sdks());
  }

  @ParameterizedTest
  @MethodSource("trials")
  void behindTheWrapper(Trial trial) {
    assertThat(trial.wrapped())
        .isEqualTo(
            DIFFERENT
                .getOrDefault(trial.sdk().name(), Map.of())
                .getOrDefault(trial.situation(), usual(trial.situation())));
  }

  private static Result usual(Situation situation) {
    return switch (situation) {
      case RATE_LIMIT -> failed(3, 4_000);
      case OVERLOADED, SERVER_ERROR, CONNECTION_RESET, STREAM_OVERLOADED -> BACKED_OFF;
      default -> ONCE;
    };
  }

  private static Result failed(int requests, long waitedMillis) {
    return new Result(requests, Duration.ofMillis(waitedMillis), End.FAILED);
  }

  @ParameterizedTest
  @MethodSource("sdks")
  void alone(Sdk sdk) throws InterruptedException {
    Result result = new Trial(sdk, Situation.WRONG_KEY).alone(Duration.ofSeconds(50));
    assertThat(result.requests()).isOne();
    assertThat(result.end()).isEqualTo(End.FAILED);
  }

  @Test
  void contentThatComesAgain() throws InterruptedException {
    Trial trial = new Trial(new BeginsAgain(), STREAM_OVERLOADED_LATER);
    assertThat(trial.alone(Duration.ofSeconds(50)).end()).isEqualTo(End.REPEATED);
    assertThat(trial.wrapped().end()).isEqualTo(End.REPEATED);
  }

  private static final class BeginsAgain implements Sdk, Chat {

    @Override
    public String name() {
      return "begins-again";
    }

    @Override
    public Dialect dialect() {
      return new OpenAiDialect();
    }

    @Override
    public Chat connect(URI url, boolean ownRetries) {
      return this;
    }

    @Override
    public String ask(String question) {
      return "Nothing.";
    }

    @Override
    public void stream(String question, Consumer<String> pieces) {
      pieces.accept("Nothing.");
      pieces.accept("Nothing.");
      throw new IllegalStateException("overloaded");
    }
  }

  @ParameterizedTest
  @MethodSource("sdks")
  void understandsItsProvider(Sdk sdk) {
    Dialect dialect = sdk.dialect();
    List<String> pieces = new ArrayList<>();
    try (LoopbackProvider provider =
        new LoopbackProvider(List.of(dialect.answer(), dialect.streamedAnswer()))) {
      Chat chat = sdk.connect(provider.url(), true);
      assertThat(chat.ask("What now?")).isEqualTo("Nothing.");
      chat.stream("And now?", pieces::add);
    }
    assertThat(pieces).containsExactly("Nothing.");
  }

  @ParameterizedTest
  @MethodSource("sdks")
  void theHeadingNamesTheVersion(Sdk sdk) {
    assertThat(Comparison.table(sdk, List.of())).matches("### [\\w-]+ \\d+\\.\\d+\\.\\d[^$]+");
  }

  @Test
  void aLineIsMarkdown() {
    Result stopped = new Result(1, Duration.ofSeconds(20), End.STOPPED);
    Result three = new Result(3, Duration.ofMillis(1_480), End.FAILED);
    assertThat(new Line(QUOTA, stopped, three))
        .hasToString(
            "| 429, quota or spend limit exhausted | 1 request, > 20 s | 3 requests, 1.5 s |");

    Result work = new Result(1, Duration.ofMillis(99), End.REPEATED);
    assertThat(new Line(QUOTA, work, NO_ERROR))
        .hasToString(
            "| 429, quota or spend limit exhausted | 1 request, content repeated"
                + " | 1 request, no error |");
  }
}
