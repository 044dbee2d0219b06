package dev.llmretry.providertests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmretry.FailureKind;
import dev.llmretry.Rejection;
import dev.llmretry.ResultCheck;
import java.net.URI;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Sends all recorded answers of a wire format through an SDK: a provider on the loopback interface
 * answers with the recorded bytes, and the check for the SDK examines the object that comes of
 * them.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
public abstract class RecordedAnswersTest {

  private final String format;

  /**
   * Creates a test.
   *
   * @param format the wire format that the SDK reads: a folder of answers
   */
  protected RecordedAnswersTest(String format) {
    this.format = format;
  }

  /** Asks, and returns why the answer is rejected, or null. */
  protected abstract @Nullable Rejection check(URI url) throws Exception;

  /** Asks for a stream, and returns why its beginning is rejected, or null. */
  protected abstract @Nullable Rejection checkStream(URI url) throws Exception;

  /** Returns the kind that is expected if the SDK loses what an answer says; else the right one. */
  protected @Nullable FailureKind expected(String name, @Nullable FailureKind right) {
    return right;
  }

  /** Checks elements as a stream is checked that is retried until its first content. */
  protected static <E> @Nullable Rejection checkStart(
      Iterator<E> elements, ResultCheck<E> check, Predicate<E> preamble) {
    while (elements.hasNext()) {
      E element = elements.next();
      Rejection rejection = check.checkElement(element);
      if (rejection != null || !preamble.test(element)) {
        return rejection;
      }
    }
    return check.checkAbsent();
  }

  final Stream<RecordedAnswer> answers() {
    return RecordedAnswer.all(format).stream();
  }

  @ParameterizedTest
  @MethodSource("answers")
  final void theCheckSeesWhatTheAnswerIs(RecordedAnswer answer) throws Exception {
    try (LoopbackProvider provider = new LoopbackProvider(List.of(answer.reply()))) {
      Rejection rejection = answer.isStream() ? checkStream(provider.url()) : check(provider.url());

      assertThat(rejection == null ? null : rejection.kind())
          .as("%s, %s", answer, rejection)
          .isEqualTo(expected(answer.name(), answer.kind()));
    }
  }
}
