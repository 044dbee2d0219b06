package dev.llmretry.providertests.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmretry.providertests.comparison.Result.End;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class ComparisonTest {

  private static final List<Sdk> SDKS = Sdk.all();

  private static final Result ONCE = failed(1, 0);
  private static final Result BACKED_OFF = failed(3, 1_500);

  @ParameterizedTest
  @EnumSource
  void behindTheWrapper(Situation situation) {
    Result expected =
        switch (situation) {
          case RATE_LIMIT -> failed(3, 4_000);
          case OVERLOADED, SERVER_ERROR, CONNECTION_RESET, STREAM_OVERLOADED -> BACKED_OFF;
          default -> ONCE;
        };
    Result langChain4j =
        switch (situation) {
          case RATE_LIMIT, RATE_LIMIT_OF_A_DAY -> BACKED_OFF; // drops the header
          case STREAM_OVERLOADED -> ONCE; // throws a RuntimeException that has no cause
          default -> expected;
        };

    Comparison.wrapped(SDKS, situation)
        .forEach(
            (name, result) ->
                assertThat(result)
                    .as(name)
                    .isEqualTo(name.equals("LangChain4j") ? langChain4j : expected));
  }

  private static Result failed(int requests, long waitedMillis) {
    return new Result(requests, Duration.ofMillis(waitedMillis), End.FAILED);
  }

  @Test
  void alone() throws InterruptedException {
    for (Sdk sdk : SDKS) {
      Trial.warmUp(sdk);
      Result result = Trial.alone(sdk, Situation.WRONG_KEY, Duration.ofSeconds(50));
      assertThat(result.requests()).isOne();
      assertThat(result.end()).isEqualTo(End.FAILED);
    }
  }

  @Test
  void theHeadNamesVersions() {
    assertThat(Comparison.head(SDKS))
        .matches(
            "\\| each attempt meets \\| openai-java \\d.* \\| anthropic-java \\d.*"
                + " \\| LangChain4j \\d.* \\| LlmRetry, around any of them \\|\\R\\|(---\\|){5}");
  }

  @Test
  void aLineSaysOnceWhatHoldsForMost() {
    Result one = new Result(1, Duration.ofMillis(99), End.FAILED);
    Result three = new Result(3, Duration.ofMillis(1_480), End.FAILED);
    Map<String, Result> alone = new LinkedHashMap<>();
    alone.put("a", new Result(1, Duration.ofSeconds(20), End.STOPPED));
    alone.put("b", three);
    alone.put("c", new Result(1, Duration.ZERO, End.RETURNED));
    Map<String, Result> wrapped = new LinkedHashMap<>();
    wrapped.put("a", three);
    wrapped.put("b", one);
    wrapped.put("c", one);

    assertThat(new Line("500", alone, wrapped).toMarkdown())
        .isEqualTo(
            "| 500 | 1 request, > 20 s | 3 requests, 1.5 s | 1 request, no error"
                + " | 1 request; a: 3 requests, 1.5 s |");
  }
}
