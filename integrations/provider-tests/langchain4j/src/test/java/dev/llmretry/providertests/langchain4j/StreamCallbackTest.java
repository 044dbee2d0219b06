package dev.llmretry.providertests.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.llmretry.providertests.LoopbackProvider;
import dev.llmretry.providertests.ProviderTest;
import dev.llmretry.providertests.RecordingClock;
import dev.llmretry.providertests.Reply;
import dev.llmretry.providertests.Row;
import dev.llmretry.providertests.Way;
import dev.llmretry.runtime.RetryRuntime;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same answers, through a method that is annotated with LangChain4j's callback. */
@Timeout(120)
class StreamCallbackTest {

  private static final Duration LONG = Duration.ofSeconds(60);

  private static final boolean OLDEST = Boolean.getBoolean("sdk.oldest");

  static Stream<Row> openAi() {
    OpenAiModelTest test = new OpenAiModelTest();
    Stream<Row> rows = Stream.concat(test.rows(), test.streamingRows());
    return Stream.concat(rows, Stream.of(OpenAiModelTest.errorEvent()));
  }

  static Stream<Row> anthropic() {
    AnthropicModelTest test = new AnthropicModelTest();
    Stream<Row> rows = Stream.concat(test.rows(), test.streamingRows());
    return OLDEST ? Stream.concat(rows, Stream.of(AnthropicModelTest.unknownErrorEvent())) : rows;
  }

  @ParameterizedTest
  @MethodSource
  void openAi(Row row) {
    tryOut(row, new OpenAiModelTest().answer(Way.STREAMING), LangChain4jClient::ofOpenAi);
  }

  @ParameterizedTest
  @MethodSource
  void anthropic(Row row) {
    tryOut(row, new AnthropicModelTest().answer(Way.STREAMING), LangChain4jClient::ofAnthropic);
  }

  private static void tryOut(
      Row row, Reply answer, BiFunction<URI, Duration, LangChain4jClient> sdk) {
    List<Reply> script = new ArrayList<>(row.replies());
    script.add(answer);
    List<String> answers = new ArrayList<>();
    RecordingClock clock = new RecordingClock(ProviderTest.START);
    try (LoopbackProvider provider = new LoopbackProvider(script)) {
      StreamingClient client =
          new RetryingStreamingClient(
              sdk.apply(provider.url(), LONG), RetryRuntime.builder().clock(clock).build());
      Pieces pieces = new Pieces();
      client.stream("What now?", pieces);

      Throwable told =
          catchThrowable(() -> answers.add(pieces.stream().collect(Collectors.joining())));

      assertThat(clock.waits()).isEqualTo(row.waits());
      assertThat(provider.requests()).hasSize(row.calls());
      boolean answered = row.calls() > row.replies().size();
      assertThat(answers).isEqualTo(answered ? List.of("Nothing at all.") : List.of());
      assertThat(told == null).isEqualTo(answered);
    }
  }
}
