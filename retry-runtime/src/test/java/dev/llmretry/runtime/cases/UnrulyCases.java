package dev.llmretry.runtime.cases;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmretry.FailureKind;
import dev.llmretry.LlmFailure;
import dev.llmretry.runtime.GiveUpReason;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** What exceptions can do to a call, and waits that stand at the edge of what is allowed. */
final class UnrulyCases {

  private UnrulyCases() {}

  static List<RetryCase> all() {
    return List.of(
        methodsThrow(),
        ownCause(),
        causesOfEachOther(),
        causesWithoutEnd(),
        takesNoTrace(),
        wrappers(),
        error(false, new StackOverflowError("on purpose")),
        error(true, new StackOverflowError("on purpose")),
        error(false, new OutOfMemoryError("on purpose")),
        error(true, new OutOfMemoryError("on purpose")),
        error(false, new LinkageError("on purpose")),
        error(true, new LinkageError("on purpose")),
        asked("just below maxRetryAfter", Duration.ofMillis(59_999)),
        asked("of maxRetryAfter", Duration.ofSeconds(60)),
        askedTooMuch("just above maxRetryAfter", Duration.ofSeconds(60).plusNanos(1)),
        askedTooMuch("beyond all measure", Duration.ofSeconds(Long.MAX_VALUE, 999_999_999)),
        askedNonsense(Duration.ofNanos(-1)),
        askedNonsense(Duration.ofSeconds(Long.MIN_VALUE)));
  }

  private static Settings standard() {
    return Settings.defaults().max(3).baseDelayMs(100);
  }

  /** A stage that depends on another asks the error for its text, and fails of that instead. */
  private static RetryCase methodsThrow() {
    RuntimeException error = new UnrulyError();
    return RetryCase.of("an error whose methods throw is retried like another", standard())
        .script(Step.fails(error))
        .throwing(
            thrown -> assertThat(thrown == error).isTrue(), // which asks it nothing
            GiveUpReason.ATTEMPTS_EXHAUSTED)
        .calls(4)
        .waits(100, 200, 400)
        .only(Way.BLOCKING, Way.CONSUMER, Way.READY_FUTURE, Way.PUBLISHER);
  }

  private static RetryCase ownCause() {
    CausedBy error = new CausedBy(self -> self);
    return RetryCase.of("an error that is its own cause is looked at once", standard())
        .script(Step.fails(error))
        .throwsSame(error, GiveUpReason.NOT_RETRYABLE)
        .calls(1);
  }

  private static RetryCase causesOfEachOther() {
    ProviderError overloaded = new ProviderError(FailureKind.OVERLOADED);
    CausedBy error = new CausedBy(self -> overloaded);
    overloaded.initCause(error);
    return RetryCase.of("an error is known by its cause, though they cause each other", standard())
        .script(Step.fails(error))
        .throwsSame(error, GiveUpReason.ATTEMPTS_EXHAUSTED)
        .calls(4)
        .waits(100, 200, 400);
  }

  private static RetryCase causesWithoutEnd() {
    CausedBy error = CausedBy.endlessly();
    return RetryCase.of("of causes without end only some are looked at", standard())
        .script(Step.fails(error))
        .throwsSame(error, GiveUpReason.NOT_RETRYABLE)
        .calls(1);
  }

  private static RetryCase takesNoTrace() {
    Traceless error = new Traceless();
    return RetryCase.of("an error that takes no trace is retried all the same", standard())
        .script(Step.fails(error))
        .throwing(thrown -> assertThat(thrown).isSameAs(error).hasNoSuppressedExceptions(), null)
        .calls(4)
        .waits(100, 200, 400)
        .afterwards(
            world -> assertThat(world.events).last().isEqualTo("give up 4 ATTEMPTS_EXHAUSTED"));
  }

  /** For whoever blocks, the wrapper is what was thrown. */
  private static RetryCase wrappers() {
    ProviderError server = new ProviderError(FailureKind.SERVER);
    Throwable cause = new ExecutionException(new CompletionException(server));
    return RetryCase.of("an error is known behind any number of wrappers", standard())
        .script(Step.fails(new CompletionException(new CompletionException(cause))))
        .throwing(thrown -> assertThat(thrown).hasRootCause(server), null)
        .calls(4)
        .waits(100, 200, 400);
  }

  private static RetryCase error(boolean blocking, Error error) {
    Settings settings = standard().retryOn(Throwable.class);
    String name = error.getClass().getSimpleName() + " in an attempt is not retried";
    Step step =
        (world, token) -> {
          throw error;
        };
    return blocking
        ? RetryCase.of(name + ", and passes unseen", settings)
            .script(step)
            .throwing(thrown -> assertThat(thrown).isSameAs(error), null)
            .calls(1)
            .only(Way.BLOCKING, Way.CONSUMER)
        : RetryCase.of(name, settings)
            .script(step)
            .throwsSame(error, GiveUpReason.NOT_RETRYABLE)
            .calls(1)
            .only(Way.READY_FUTURE, Way.LATE_FUTURE, Way.PUBLISHER);
  }

  private static RetryCase asked(String what, Duration wait) {
    return RetryCase.of("a wait " + what + " is kept", standard())
        .script(Step.fails(new ProviderError(FailureKind.RATE_LIMITED, wait)), Step.returns("ok"))
        .returns("ok")
        .calls(2)
        .waits(wait.toMillis());
  }

  private static RetryCase askedTooMuch(String what, Duration wait) {
    ProviderError error = new ProviderError(FailureKind.RATE_LIMITED, wait);
    return RetryCase.of("a wait " + what + " is not begun", standard())
        .script(Step.fails(error))
        .throwsSame(error, GiveUpReason.RETRY_AFTER_TOO_LONG)
        .calls(1);
  }

  private static RetryCase askedNonsense(Duration wait) {
    return RetryCase.of("a wait of " + wait + " counts as not asked for", standard())
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
