package dev.llmretry.runtime.internal.classification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmretry.FailureKind;
import dev.llmretry.HttpFailure;
import dev.llmretry.LlmFailure;
import dev.llmretry.runtime.classification.Failure;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.AbstractMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StandardClassifierTest {

  private static final Instant NOW = Instant.parse("2026-11-24T08:00:00Z");

  private final StandardClassifier classifier = new StandardClassifier(List.of());

  @ParameterizedTest
  @EnumSource(FailureKind.class)
  void anLlmFailureSaysItself(FailureKind kind) {
    assertThat(classify(new KnownError(kind)).kind()).isEqualTo(kind);
    assertThat(classify(new CompletionException(new KnownError(kind))).kind()).isEqualTo(kind);
  }

  @Test
  void anLlmFailureWithoutAWaitCostsNoNewFailure() {
    Failure first = classify(new KnownError(FailureKind.RATE_LIMITED));
    assertThat(classify(new KnownError(FailureKind.RATE_LIMITED))).isSameAs(first);
    assertThat(first.retryAfter()).isNull();
    assertThat(first.statusCode()).isZero();
  }

  @Test
  void anLlmFailuresWaitIsKeptUnlessItIsZeroOrNegative() {
    assertThat(waitOf(new KnownError(FailureKind.SERVER, Duration.ofSeconds(3), null)))
        .isEqualTo(Duration.ofSeconds(3));
    assertThat(waitOf(new KnownError(FailureKind.SERVER, Duration.ZERO, null))).isNull();
    assertThat(waitOf(new KnownError(FailureKind.SERVER, Duration.ofMillis(-3), null))).isNull();
    assertThat(waitOf(new KnownError(FailureKind.SERVER, Duration.ofSeconds(Long.MAX_VALUE), null)))
        .isEqualTo(Duration.ofNanos(Long.MAX_VALUE));
  }

  @Test
  void anLlmFailureThatDoesNotKnowLeavesItToTheNext() {
    assertThat(
            classify(new KnownError(FailureKind.UNKNOWN, null, new SocketTimeoutException()))
                .kind())
        .isEqualTo(FailureKind.TIMEOUT);
    Failure failure =
        classify(
            new KnownError(
                FailureKind.UNKNOWN, Duration.ofSeconds(2), new HttpError(503).header("a", "b")));
    assertThat(failure.kind()).isEqualTo(FailureKind.OVERLOADED);
    assertThat(failure.retryAfter()).isEqualTo(Duration.ofSeconds(2));
    assertThat(failure.statusCode()).isEqualTo(503);
  }

  @Test
  void aWaitOrStatusThatTheWinnerLacksIsTakenFromItsCauses() {
    HttpError cause = new HttpError(429).header("retry-after", "7");
    Failure failure = classify(new KnownError(FailureKind.OVERLOADED, null, cause));
    assertThat(failure)
        .isEqualTo(new Failure(FailureKind.OVERLOADED, Duration.ofSeconds(7), 429, "LlmFailure"));
  }

  @SuppressWarnings("serial")
  private static class Both extends HttpError implements LlmFailure {
    private final FailureKind kind;

    Both(FailureKind kind, int statusCode) {
      super(statusCode);
      this.kind = kind;
    }

    @Override
    public FailureKind kind() {
      return kind;
    }
  }

  @Test
  void ofAnExceptionThatIsBothTheKindIsItsOwnAndHeadersAndStatusGiveTheRest() {
    HttpError both = new Both(FailureKind.OVERLOADED, 400).header("retry-after", "7");
    Failure failure = classify(both);
    assertThat(failure)
        .isEqualTo(new Failure(FailureKind.OVERLOADED, Duration.ofSeconds(7), 400, "LlmFailure"));
    assertThat(classify(new Both(FailureKind.UNKNOWN, 401)).kind())
        .isEqualTo(FailureKind.UNAUTHORIZED);
  }

  @Test
  void theOutermostThatKnowsWins() {
    assertThat(classify(new HttpError(503).causedBy(new HttpError(401))).kind())
        .isEqualTo(FailureKind.OVERLOADED);
    assertThat(
            classify(new HttpError(429).code("insufficient_quota").causedBy(new HttpError(503)))
                .kind())
        .isEqualTo(FailureKind.QUOTA_EXHAUSTED);
    assertThat(classify(new HttpError(401).causedBy(new SocketTimeoutException())).kind())
        .isEqualTo(FailureKind.UNAUTHORIZED);
  }

  @Test
  void aStatusAloneYieldsToACauseThatKnowsMoreOfTheSameAnswer() {
    HttpError sdk = new HttpError(429).code("insufficient_quota");
    assertThat(classify(new HttpError(429).causedBy(sdk)).kind())
        .isEqualTo(FailureKind.QUOTA_EXHAUSTED);
    assertThat(classify(new HttpError(500).causedBy(sdk)).kind()).isEqualTo(FailureKind.SERVER);
  }

  @Test
  void soDoesAStatusWithAWait() {
    HttpError sdk = new HttpError(429).code("insufficient_quota");
    assertThat(classify(new HttpError(429).header("retry-after", "5").causedBy(sdk)).kind())
        .isEqualTo(FailureKind.QUOTA_EXHAUSTED);
  }

  @Test
  void anAnswerThatNobodyUnderstandsIsNoBrokenConnection() {
    assertThat(classify(new IoHttpError(418, null)).kind()).isEqualTo(FailureKind.UNKNOWN);
    assertThat(classify(new IoHttpError(200, "brand_new")).kind()).isEqualTo(FailureKind.UNKNOWN);
    assertThat(classify(new IoHttpError(200, null)).kind()).isEqualTo(FailureKind.NETWORK);
    assertThat(classify(new HttpError(418).causedBy(new IOException())).kind())
        .isEqualTo(FailureKind.UNKNOWN);
    assertThat(classify(new HttpError(418).header("retry-after", "3")))
        .isEqualTo(new Failure(FailureKind.UNKNOWN, Duration.ofSeconds(3), 418, "HTTP 418"));
  }

  @SuppressWarnings("serial")
  private static final class IoHttpError extends IOException implements HttpFailure {
    private final int statusCode;
    private final String errorCode;

    IoHttpError(int statusCode, String errorCode) {
      this.statusCode = statusCode;
      this.errorCode = errorCode;
    }

    @Override
    public int statusCode() {
      return statusCode;
    }

    @Override
    public String errorCode() {
      return errorCode;
    }
  }

  @Test
  void anHttpFailuresOwnMessageIsRead() {
    assertThat(classify(new HttpError(400, "400: prompt is too long: 9 > 8")).kind())
        .isEqualTo(FailureKind.CONTEXT_LENGTH);
    assertThat(waitOf(new HttpError(429, "Please try again in 1.2s.")))
        .isEqualTo(Duration.ofMillis(1_200));
  }

  @Test
  void cyclesEnd() {
    Exception one = new IllegalStateException("one");
    Exception two = new IllegalStateException("two", one);
    one.initCause(two);
    assertThat(classify(one).kind()).isEqualTo(FailureKind.UNKNOWN);
  }

  @SuppressWarnings("serial")
  private static final class Hostile extends RuntimeException implements LlmFailure, HttpFailure {
    private final RuntimeException thrown;

    Hostile(RuntimeException thrown) {
      this.thrown = thrown;
    }

    @Override
    public FailureKind kind() {
      throw thrown;
    }

    @Override
    public Duration retryAfter() {
      throw thrown;
    }

    @Override
    public int statusCode() {
      throw thrown;
    }

    @Override
    public Map<String, List<String>> headers() {
      throw thrown;
    }

    @Override
    public String errorCode() {
      throw thrown;
    }

    @Override
    public String errorType() {
      throw thrown;
    }

    @Override
    public String getMessage() {
      throw thrown;
    }

    @Override
    public synchronized Throwable getCause() {
      throw thrown;
    }
  }

  @Test
  void whoseMethodsThrowHasSaidNothing() {
    Hostile hostile = new Hostile(new IllegalStateException());
    assertThat(classify(hostile))
        .isEqualTo(Failure.of(FailureKind.UNKNOWN, Hostile.class.getName()));
    assertThat(classify(new IOException("x", hostile)).kind()).isEqualTo(FailureKind.NETWORK);
  }

  @SuppressWarnings("serial")
  private static final class Nulls extends RuntimeException implements LlmFailure, HttpFailure {
    @Override
    public FailureKind kind() {
      return null;
    }

    @Override
    public int statusCode() {
      return 429;
    }

    @Override
    public Map<String, List<String>> headers() {
      return null;
    }
  }

  @Test
  void nullsWhereNoneBelongSayNothing() {
    assertThat(classify(new Nulls()))
        .isEqualTo(new Failure(FailureKind.RATE_LIMITED, null, 429, "HTTP 429"));
  }

  @SuppressWarnings("serial")
  private static final class ThrowingHeaders extends HttpError {
    ThrowingHeaders() {
      super(503);
    }

    @Override
    public Map<String, List<String>> headers() {
      return new AbstractMap<>() {
        @Override
        public Set<Entry<String, List<String>>> entrySet() {
          throw new IllegalStateException("closed");
        }
      };
    }
  }

  @SuppressWarnings("serial")
  private static final class RawHeaders extends HttpError {
    RawHeaders() {
      super(503);
    }

    @Override
    @SuppressWarnings({"unchecked", "rawtypes"})
    public Map<String, List<String>> headers() {
      Map headers = new java.util.LinkedHashMap<>();
      headers.put("retry-after", List.of("4"));
      headers.put("retry-after-ms", List.of(9));
      headers.put(1, 2);
      return headers;
    }
  }

  @Test
  void headersThatThrowOrLieAboutTheirTypesCostOnlyThemselves() {
    assertThat(classify(new ThrowingHeaders()).kind()).isEqualTo(FailureKind.OVERLOADED);
    assertThat(waitOf(new RawHeaders())).isEqualTo(Duration.ofSeconds(4));
  }

  @Test
  void ofMegabytesOfMessageOnlyTheEndsAreRead() {
    String message = "try again in ".repeat(200_000) + "1,".repeat(1_000_000);
    assertThat(classify(new HttpError(429, message)).kind()).isEqualTo(FailureKind.RATE_LIMITED);
    assertThat(ResponseBody.of(message).text()).hasSizeLessThan(20_000);
  }

  @Test
  void theOneInstanceWorksWithoutAnyExtractor() {
    assertThat(StandardClassifier.instance()).isSameAs(StandardClassifier.instance());
    assertThat(StandardClassifier.instance().classify(new HttpError(503), () -> NOW).kind())
        .isEqualTo(FailureKind.OVERLOADED);
  }

  private Duration waitOf(Throwable error) {
    return classify(error).retryAfter();
  }

  private Failure classify(Throwable error) {
    return classifier.classify(error, () -> NOW);
  }
}
