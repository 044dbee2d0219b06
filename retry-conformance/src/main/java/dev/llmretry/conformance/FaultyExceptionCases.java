package dev.llmretry.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmretry.FailureKind;
import dev.llmretry.LlmFailure;
import dev.llmretry.runtime.GiveUpReason;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** Exceptions with faulty methods or causes, and values of retry-after at the limits. */
final class FaultyExceptionCases {

  private FaultyExceptionCases() {}

  static List<RetryCase> all() {
    return List.of(
        methodsThrow(),
        ownCause(),
        causesOfEachOther(),
        causesWithoutEnd(),
        takesNoTrace(),
        wrappers(),
        error(new StackOverflowError("on purpose")),
        error(new OutOfMemoryError("on purpose")),
        error(new LinkageError("on purpose")),
        withinLimit("just below maxRetryAfter", Duration.ofMillis(59_999)),
        withinLimit("of maxRetryAfter", Duration.ofSeconds(60)),
        aboveLimit("just above maxRetryAfter", Duration.ofSeconds(60).plusNanos(1)),
        aboveLimit("of the longest duration", Duration.ofSeconds(Long.MAX_VALUE, 999_999_999)),
        invalid(Duration.ofNanos(-1)),
        invalid(Duration.ofSeconds(Long.MIN_VALUE)));
  }

  private static Settings standard() {
    return Settings.defaults().max(3).baseDelayMs(100);
  }

  /** A dependent stage calls the methods of the error, and fails with what they throw. */
  private static RetryCase methodsThrow() {
    RuntimeException error = new FaultyError();
    return RetryCase.of("an error whose methods throw is retried like another", standard())
        .script(Step.fails(error))
        .throwing(
            thrown -> assertThat(thrown == error).isTrue(), // does not call its methods
            GiveUpReason.ATTEMPTS_EXHAUSTED)
        .calls(4)
        .waits(100, 200, 400)
        .only(
            "a dependent stage of the JDK calls the error's methods, and fails itself",
            InvocationStyle.BLOCKING,
            InvocationStyle.CONSUMER,
            InvocationStyle.READY_FUTURE,
            InvocationStyle.PUBLISHER);
  }

  private static RetryCase ownCause() {
    CausedBy error = new CausedBy(self -> self);
    return RetryCase.of("an error that is its own cause is classified once", standard())
        .script(Step.fails(error))
        .throwsSame(error, GiveUpReason.NOT_RETRYABLE)
        .calls(1);
  }

  private static RetryCase causesOfEachOther() {
    ProviderError overloaded = new ProviderError(FailureKind.OVERLOADED);
    CausedBy error = new CausedBy(self -> overloaded);
    overloaded.initCause(error);
    return RetryCase.of(
            "an error is recognised by its cause, though they cause each other", standard())
        .script(Step.fails(error))
        .throwsSame(error, GiveUpReason.ATTEMPTS_EXHAUSTED)
        .calls(4)
        .waits(100, 200, 400);
  }

  private static RetryCase causesWithoutEnd() {
    CausedBy error = CausedBy.endlessly();
    return RetryCase.of("an endless chain of causes is searched to a limit", standard())
        .script(Step.fails(error))
        .throwsSame(error, GiveUpReason.NOT_RETRYABLE)
        .calls(1);
  }

  private static RetryCase takesNoTrace() {
    Traceless error = new Traceless();
    return RetryCase.of("an error that accepts no suppressed exceptions is retried", standard())
        .script(Step.fails(error))
        .throwing(thrown -> assertThat(thrown).isSameAs(error).hasNoSuppressedExceptions(), null)
        .calls(4)
        .waits(100, 200, 400)
        .afterwards(
            environment ->
                assertThat(environment.events).last().isEqualTo("give up 4 ATTEMPTS_EXHAUSTED"));
  }

  /** A blocking call throws the wrapper itself. */
  private static RetryCase wrappers() {
    ProviderError server = new ProviderError(FailureKind.SERVER);
    Throwable cause = new ExecutionException(new CompletionException(server));
    return RetryCase.of("an error is recognised behind any number of wrappers", standard())
        .script(Step.fails(new CompletionException(new CompletionException(cause))))
        .throwing(thrown -> assertThat(thrown).hasRootCause(server), null)
        .calls(4)
        .waits(100, 200, 400);
  }

  private static RetryCase error(Error error) {
    return RetryCase.of(
            error.getClass().getSimpleName() + " in an attempt is not retried",
            standard().retryOn(Throwable.class))
        .script(
            (environment, token) -> {
              throw error;
            })
        .throwsSame(error, GiveUpReason.NOT_RETRYABLE)
        .calls(1)
        .unreported(
            RetryCases.ERROR_IS_NOT_CAUGHT, InvocationStyle.BLOCKING, InvocationStyle.CONSUMER);
  }

  private static RetryCase withinLimit(String what, Duration wait) {
    return RetryCase.of("a retry-after " + what + " is kept", standard())
        .script(Step.fails(new ProviderError(FailureKind.RATE_LIMITED, wait)), Step.returns("ok"))
        .returns("ok")
        .calls(2)
        .waits(wait.toMillis());
  }

  private static RetryCase aboveLimit(String what, Duration wait) {
    ProviderError error = new ProviderError(FailureKind.RATE_LIMITED, wait);
    return RetryCase.of("a retry-after " + what + " ends the call", standard())
        .script(Step.fails(error))
        .throwsSame(error, GiveUpReason.RETRY_AFTER_TOO_LONG)
        .calls(1);
  }

  private static RetryCase invalid(Duration wait) {
    return RetryCase.of("a retry-after of " + wait + " is ignored", standard())
        .script(Step.fails(new ProviderError(FailureKind.RATE_LIMITED, wait)), Step.returns("ok"))
        .returns("ok")
        .calls(2)
        .waits(100);
  }

  private static final class Traceless extends RuntimeException implements LlmFailure {

    private static final long serialVersionUID = 1;

    Traceless() {
      super("takes no trace", null, false, false);
    }

    @Override
    public FailureKind kind() {
      return FailureKind.SERVER;
    }
  }
}
