package dev.llmretry.providertests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.llmretry.providertests.Losses.Loss;
import dev.llmretry.providertests.client.ChatClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Sends all recorded responses through a carrier, which is an SDK or an HTTP client: a provider on
 * the loopback interface answers with the recorded bytes, and the exception that comes of them is
 * classified. The verdict is that on the response itself, except for what the carrier loses.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
public abstract class RecordedResponsesTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private static final Path SUMMARIES = Path.of("..", "target", "recorded-responses");

  private static final List<RecordedResponse> RESPONSES = RecordedResponse.all();

  private static final Losses LOSSES = Losses.read();

  private final LoopbackProvider provider = new LoopbackProvider(List.of());
  private ChatClient client;
  private int cases;
  private int equal;
  private int lossy;

  /** Returns the carrier's name in {@code losses.txt} and in the summary. */
  protected abstract String carrier();

  /**
   * Returns a client, with the carrier's own retries off.
   *
   * @param url where the provider is, without a slash at the end
   * @param timeout after which the client gives up a request
   */
  protected abstract ChatClient connect(URI url, Duration timeout);

  /** Returns the ways that the carrier has. */
  protected Stream<Way> ways() {
    return Stream.of(Way.values());
  }

  /** Returns whether it reads the event streams of OpenAI and Anthropic, so may meet an error. */
  protected boolean readsEventStreams() {
    return false;
  }

  @BeforeAll
  final void connect() {
    client = connect(provider.url(), TIMEOUT);
  }

  /** Disconnects, and leaves a line for the table of all carriers. */
  @AfterAll
  final void summarise() throws IOException {
    client.close();
    provider.close();
    String summary =
        String.format(
            "%-28s %4d responses of %2d providers, %4d cases, %d differences, %d with a loss%n",
            carrierName(),
            RESPONSES.size(),
            RESPONSES.stream().map(RecordedResponse::provider).distinct().count(),
            cases,
            cases - equal,
            lossy);
    Files.createDirectories(SUMMARIES);
    Files.writeString(SUMMARIES.resolve(carrierName() + ".txt"), summary);
    System.out.print(summary);
  }

  private String carrierName() {
    return ProviderTest.OLDEST ? carrier() + Losses.OLDEST : carrier();
  }

  final Stream<Arguments> cases() {
    return ways().flatMap(way -> responses(way).map(response -> Arguments.of(way, response)));
  }

  private Stream<RecordedResponse> responses(Way way) {
    boolean streams = way == Way.STREAMING && readsEventStreams();
    return RESPONSES.stream().filter(response -> streams || !response.isEventStream());
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("cases")
  final void theVerdictIsThatOnTheResponse(Way way, RecordedResponse response) {
    cases++;
    int requests = provider.requests().size();
    provider.answer(response.reply());

    Throwable thrown = catchThrowable(() -> way.ask(client));

    assertThat(thrown).isNotNull();
    assertThat(provider.requests()).as("requests").hasSize(requests + 1);
    Loss loss = loss(way, response);
    assertThat(Verdict.of(thrown))
        .as("%s, %s: %s of %s", response, way, thrown, response.body())
        .isEqualTo(loss == null ? response.verdict() : loss.verdict(response));
    equal++;
    if (loss != null && loss.matters(response)) {
      lossy++;
    }
  }

  @Test
  final void noLossIsListedThatDoesNotMatter() {
    assertThat(LOSSES.of(carrierName()))
        .allSatisfy(loss -> assertThat(changedBy(loss)).as("changed verdicts").isNotEmpty());
  }

  /**
   * Returns the responses whose verdict is another one because of that line, not an earlier one.
   */
  private Stream<RecordedResponse> changedBy(Loss loss) {
    return ways()
        .flatMap(way -> responses(way).filter(response -> loss.equals(loss(way, response))))
        .filter(loss::matters);
  }

  private @Nullable Loss loss(Way way, RecordedResponse response) {
    return LOSSES.find(carrierName(), way, response);
  }
}
