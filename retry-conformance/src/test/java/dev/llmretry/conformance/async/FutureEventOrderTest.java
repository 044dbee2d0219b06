package dev.llmretry.conformance.async;

import dev.llmretry.runtime.AsyncRetry;
import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.QuietLog;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.generated.FutureRetry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Events of a retried future in every order, and during each other: it ends once, its listener is
 * notified once, no attempt starts or goes on after it, and nothing is left.
 */
@ExtendWith(QuietLog.class)
@Tag("costly")
class FutureEventOrderTest {

  enum Event {
    TIMER_FIRES,
    LATEST_TIMER_FIRES,
    TOKEN_IS_CANCELLED,
    FUTURE_IS_CANCELLED,
    FUTURE_IS_COMPLETED,
    ATTEMPT_SUCCEEDS,
    ATTEMPT_FAILS,
    EXECUTOR_RUNS,
    EXECUTOR_REJECTS,
    // Of the attempt that began last, such as a hedge:
    LATEST_SUCCEEDS,
    LATEST_FAILS
  }

  /** The parameters of calls, and how their first attempt ends. */
  enum Kind {
    /** Without an attempt, a token or a time limit. */
    PLAIN,
    PLAIN_TIMED,
    PLAIN_TIMED_THROWN,
    WITHOUT_TOKEN,
    WITH_TOKEN,
    TIMED,
    TIMED_THROWN,
    PLAIN_DEADLINE,
    DEADLINE,
    DEADLINE_THROWN,
    HEDGED,
    HEDGED_TIMED,
    HEDGED_DEADLINE,
    PLAIN_HEDGED;

    boolean plain() {
      return name().startsWith("PLAIN");
    }

    boolean hedged() {
      return name().contains("HEDGED");
    }

    List<Event> events() {
      return Arrays.stream(Event.values())
          .filter(event -> hedged() || !event.name().startsWith("LATEST_S"))
          .filter(event -> hedged() || event != Event.LATEST_FAILS)
          .toList();
    }

    boolean timed() {
      return name().contains("TIMED");
    }

    boolean hasDeadline() {
      return name().contains("DEADLINE");
    }

    boolean thrown() {
      return name().endsWith("THROWN");
    }

    boolean hasToken() {
      return !plain() && this != WITHOUT_TOKEN;
    }
  }

  @ParameterizedTest
  @EnumSource
  void eventsInEveryOrder(Kind kind) {
    ManualScheduler.playEveryOrder(kind.events(), 3, each -> new Scene(kind, each));
  }

  @ParameterizedTest
  @EnumSource
  @Tag("matrix")
  void moreEventsInEveryOrder(Kind kind) {
    ManualScheduler.playEveryOrder(kind.events(), 4, each -> new Scene(kind, each));
  }

  @ParameterizedTest
  @EnumSource
  void eventsDuringOtherEvents(Kind kind) {
    ManualScheduler.playDuringOthers(kind.events(), 1, 1, each -> new Scene(kind, each));
  }

  @ParameterizedTest
  @EnumSource
  @Tag("matrix")
  void eventsDuringRepeatedEvents(Kind kind) {
    ManualScheduler.playDuringOthers(kind.events(), 2, 3, each -> new Scene(kind, each));
  }

  private static final class Scene extends ManualScheduler<Event> {

    private final Kind kind;
    private final List<Attempt> attempts = new ArrayList<>();
    private CompletableFuture<String> future;

    Scene(Kind kind, Interruption<Event> interruption) {
      super(interruption);
      this.kind = kind;
    }

    @Override
    void play(List<Event> order) {
      var policy = RetryPolicy.builder("call").maxRetries(2);
      if (kind.timed()) {
        policy.attemptTimeout(Duration.ofSeconds(1));
      }
      if (kind.hedged()) {
        policy.hedgeAfter(Duration.ofMillis(10));
      }
      if (kind.hasDeadline()) {
        policy.deadline(Duration.ofSeconds(10));
      }
      future =
          kind.plain()
              ? FutureRetry.call(runtime(), policy.build(), () -> begin(null))
              : AsyncRetry.call(
                  runtime(),
                  policy.build(),
                  kind.hasToken() ? token : null,
                  attempt -> begin(attempt.token()));
      var unused = future.whenComplete((result, error) -> at(Moment.ENDED));
      if (kind.hedged()) {
        fireLatest();
        run();
        check(interruption != null || attempts.size() == 2, "no hedge");
      }
      order.forEach(this::happen);
      for (int left = 10; left > 0 && !future.isDone(); left--) {
        if (!run() && !fire()) {
          happen(Event.ATTEMPT_SUCCEEDS);
        }
      }
      check(future.isDone(), "no end");
      checkEnd();
      check(attempts.stream().allMatch(CompletableFuture::isDone), "an attempt goes on");
      while (run() || fire()) {
        // None of this may start an attempt.
      }
    }

    private CompletionStage<String> begin(CancellationToken attemptToken) {
      check(future == null || !future.isDone(), "an attempt after the end");
      check(future == null || !source.isCancelled(), "an attempt after the cancellation");
      var attempt = new Attempt(attemptToken);
      attempts.add(attempt);
      if (attempts.size() == 1 && kind.thrown()) {
        attempt.complete("never returned");
        throw new Overloaded();
      }
      at(Moment.CALLING);
      return attempt;
    }

    @Override
    void happen(Event event) {
      switch (event) {
        case TIMER_FIRES -> fire();
        case LATEST_TIMER_FIRES -> fireLatest();
        case TOKEN_IS_CANCELLED -> {
          if (kind.hasToken()) {
            source.cancel();
          }
        }
        case FUTURE_IS_CANCELLED -> {
          if (future != null) {
            future.cancel(true);
          }
        }
        case FUTURE_IS_COMPLETED -> {
          if (future != null) {
            future.complete("theirs");
          }
        }
        case ATTEMPT_SUCCEEDS -> attempts.forEach(attempt -> attempt.complete("ours"));
        case ATTEMPT_FAILS ->
            attempts.forEach(attempt -> attempt.completeExceptionally(new Overloaded()));
        case EXECUTOR_RUNS -> run();
        case EXECUTOR_REJECTS -> rejecting = true;
        case LATEST_SUCCEEDS -> latest().complete("ours");
        case LATEST_FAILS -> latest().completeExceptionally(new Overloaded());
      }
    }

    private Attempt latest() {
      return attempts.isEmpty() ? new Attempt(null) : attempts.get(attempts.size() - 1);
    }

    private final class Attempt extends CompletableFuture<String> {

      private final CancellationToken attemptToken;

      Attempt(CancellationToken attemptToken) {
        this.attemptToken = attemptToken;
      }

      @Override
      public CompletableFuture<String> whenComplete(
          BiConsumer<? super String, ? super Throwable> action) {
        at(Moment.SUBSCRIBING);
        CompletableFuture<String> stage = super.whenComplete(action);
        at(Moment.SUBSCRIBING);
        return stage;
      }

      @Override
      public boolean cancel(boolean mayInterruptIfRunning) {
        check(
            isDone() || attemptToken == null || attemptToken.isCancelled(),
            "a future cancelled before its token");
        at(Moment.CANCELLING);
        return super.cancel(mayInterruptIfRunning);
      }
    }
  }
}
