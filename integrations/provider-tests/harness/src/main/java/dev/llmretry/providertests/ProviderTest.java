package dev.llmretry.providertests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.llmretry.FailureKind;
import dev.llmretry.providertests.client.ChatClient;
import dev.llmretry.providertests.client.RetryingChatClient;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.classification.Failure;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The tests of one SDK: a table of what its provider answers. Each row is tried with a provider of
 * its own and a new client, through the wrapper that is generated for {@link ChatClient}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
public abstract class ProviderTest {

  /** The time when a row begins, for answers that name a time. */
  public static final Instant START = Instant.parse("2030-01-01T00:00:00Z");

  /** What a proper answer says. */
  protected static final String ANSWER = "Nothing at all.";

  /** Whether the oldest version of the SDK is tested, for what only that or only later ones do. */
  protected static final boolean OLDEST = Boolean.getBoolean("sdk.oldest");

  private static final Duration LONG = Duration.ofSeconds(60);

  /** An attempt that gets no answer takes so long in earnest. */
  private static final Duration SHORT = Duration.ofMillis(300);

  private static final Reply SILENT_HALFWAY = Reply.json(200, "{").ending(Reply.End.STALL);

  /**
   * Returns a client of the SDK, with the SDK's own retries off.
   *
   * @param url where the provider is, without a slash at the end
   * @param timeout after which the client gives up a request
   */
  protected abstract ChatClient connect(URI url, Duration timeout);

  /** Returns the provider's proper answer, which says {@link #ANSWER}. */
  protected abstract Reply answer(Way way);

  /** Returns what is tried in every way. */
  protected abstract Stream<Row> rows();

  /** Returns what is tried in that way. */
  protected Stream<Row> rows(Way way) {
    return rows();
  }

  /** Returns what is tried with a stream only. */
  protected abstract Stream<Row> streamingRows();

  /** Returns streams that break after a piece of the answer. */
  protected abstract Stream<Reply> streamsThatBreak();

  /** Returns whether the time-out also ends an answer that has begun and then falls silent. */
  protected boolean hearsSilenceHalfway(Way way) {
    return true;
  }

  /** Returns the ways that the SDK has. */
  protected Stream<Way> ways() {
    return Stream.of(Way.values());
  }

  final Stream<Arguments> cases() {
    return Stream.concat(
        ways().flatMap(way -> rows(way).map(row -> Arguments.of(way, row))),
        streamingRows().map(row -> Arguments.of(Way.STREAMING, row)));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("cases")
  final void comesOutAsTheTableSays(Way way, Row row) {
    tryOut(way, row);
  }

  @ParameterizedTest
  @MethodSource("rows")
  final void aWovenClassKnowsTheSame(Row row) {
    tryOut(ways().findFirst().orElseThrow(), row, WovenClient::new);
  }

  final void tryOut(Way way, Row row) {
    tryOut(way, row, RetryingChatClient::new);
  }

  private void tryOut(Way way, Row row, BiFunction<ChatClient, RetryRuntime, ChatClient> retrying) {
    List<Reply> script = new ArrayList<>(row.replies());
    script.add(answer(way));
    List<String> answers = new ArrayList<>();
    try (Trial trial = trial(script, LONG, retrying)) {

      Throwable thrown = catchThrowable(() -> answers.add(way.ask(trial.client())));

      assertThat(trial.failures())
          .as("failures, the last of %s", thrown)
          .hasSameSizeAs(row.replies())
          .allSatisfy(failure -> assertFailure(failure, row));
      assertThat(trial.waits()).isEqualTo(row.waits());
      assertThat(trial.calls()).isEqualTo(row.calls());
      boolean answered = row.calls() > row.replies().size();
      assertThat(answers).isEqualTo(answered ? List.of(ANSWER) : List.of());
      assertThat(thrown == null).isEqualTo(answered);
    }
  }

  private static void assertFailure(Failure failure, Row row) {
    assertThat(failure.kind()).isEqualTo(row.kind());
    assertThat(failure.reason()).isEqualTo(row.reason());
    assertThat(failure.statusCode()).isEqualTo(row.status());
  }

  @ParameterizedTest
  @MethodSource("streamsThatBreak")
  final void aStreamIsNotRetriedOnceItHasBegun(Reply reply) throws Exception {
    List<String> pieces = new ArrayList<>();
    List<Reply> script = List.of(reply, answer(Way.STREAMING));
    try (Trial trial = trial(script, LONG, RetryingChatClient::new);
        Stream<String> stream = trial.client().askStreaming("What now?")) {

      assertThat(catchThrowable(() -> stream.forEach(pieces::add))).isNotNull();

      assertThat(pieces).hasSize(1);
      assertThat(trial.calls()).isOne();
      assertThat(trial.waits()).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  final void aProviderThatFallsSilentTimesOut(Way way) {
    Reply silence = hearsSilenceHalfway(way) ? SILENT_HALFWAY : Reply.stall();
    List<Reply> script = List.of(Reply.stall(), silence, Reply.stall());
    try (Trial trial = trial(script, SHORT, RetryingChatClient::new)) {

      assertThat(catchThrowable(() -> way.ask(trial.client()))).isNotNull();

      assertThat(trial.failures())
          .hasSameSizeAs(script)
          .allSatisfy(failure -> assertThat(failure.kind()).isEqualTo(FailureKind.TIMEOUT));
      assertThat(trial.waits()).containsExactly(Row.BACKOFF, Row.BACKOFF.multipliedBy(2));
    }
  }

  @Test
  @Tag("matrix")
  final void aClientInAModuleNeedNotKnowTheSdk() throws Exception {
    ModularJvm.runWithSdkOnClassPath(getClass());
  }

  @Test
  @Tag("matrix")
  final void theSdkMayBeOnTheModulePathToo() throws Exception {
    ModularJvm.runWithSdkOnModulePath(getClass());
  }

  private Trial trial(
      List<Reply> script,
      Duration timeout,
      BiFunction<ChatClient, RetryRuntime, ChatClient> retrying) {
    return new Trial(
        script, START, (url, runtime) -> retrying.apply(connect(url, timeout), runtime));
  }
}
