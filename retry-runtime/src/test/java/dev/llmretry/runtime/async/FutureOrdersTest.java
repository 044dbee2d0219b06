package dev.llmretry.runtime.async;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmretry.runtime.QuietLog;
import dev.llmretry.runtime.RetryPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What can happen to a retried future, in every order, and in the middle of everything: it ends
 * once, its listener hears that once, no attempt begins after it or goes on, and nothing is left.
 */
@ExtendWith(QuietLog.class)
@Tag("costly")
class FutureOrdersTest {

  enum Event {
    TIMER_FIRES,
    TOKEN_IS_CANCELLED,
    FUTURE_IS_CANCELLED,
    FUTURE_IS_COMPLETED,
    ATTEMPT_SUCCEEDS,
    ATTEMPT_FAILS,
    EXECUTOR_RUNS,
    EXECUTOR_REFUSES
  }

  /** What calls take, and how their first attempt goes. */
  enum Kind {
    PLAIN,
    WITH_TOKEN,
    TIMED,
    TIMED_THROWN;

    boolean timed() {
      return name().startsWith("TIMED");
    }
  }

  @ParameterizedTest
  @EnumSource
  void oneAfterTheOther(Kind kind) {
    Map<String, List<Event>> wrongs = new TreeMap<>();
    for (List<Event> order : Orders.of(List.of(Event.values()), 4)) {
      new Scene(kind, null).play(order, wrongs);
    }
    assertThat(wrongs).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void oneInTheMiddleOfAnother(Kind kind) {
    Map<String, List<Event>> wrongs = new TreeMap<>();
    for (var moment : HandDriven.Moment.values()) {
      for (int occurrence = 1; occurrence <= 3; occurrence++) {
        for (Event event : Event.values()) {
          var interruption = new HandDriven.Interruption<>(moment, occurrence, event);
          for (List<Event> order : Orders.of(List.of(Event.values()), 2)) {
            new Scene(kind, interruption).play(order, wrongs);
          }
        }
      }
    }
    assertThat(wrongs).isEmpty();
  }

  private static final class Scene extends HandDriven<Event> {

    private final Kind kind;
    private final Interruption<Event> interruption;
    private final List<Attempt> attempts = new ArrayList<>();
    private CompletableFuture<String> future;

    Scene(Kind kind, Interruption<Event> interruption) {
      super(interruption);
      this.kind = kind;
      this.interruption = interruption;
    }

    void play(List<Event> order, Map<String, List<Event>> allWrongs) {
      var policy = RetryPolicy.builder("call").maxRetries(2);
      if (kind.timed()) {
        policy.attemptTimeout(Duration.ofSeconds(1));
      }
      future =
          kind == Kind.PLAIN
              ? AsyncRetry.call(runtime(), policy.build(), this::begin)
              : AsyncRetry.call(runtime(), policy.build(), token, attempt -> begin());
      var unused = future.whenComplete((result, error) -> at(Moment.ENDED));
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
        // Nothing of this may begin an attempt.
      }
      wrongs.forEach(wrong -> allWrongs.putIfAbsent(wrong + ", " + interruption, order));
    }

    private CompletionStage<String> begin() {
      check(future == null || !future.isDone(), "an attempt after the end");
      check(future == null || !source.isCancelled(), "an attempt after the cancellation");
      var attempt = new Attempt();
      attempts.add(attempt);
      if (attempts.size() == 1 && kind == Kind.TIMED_THROWN) {
        attempt.cancel(true);
        throw new Overloaded();
      }
      at(Moment.CALLING);
      return attempt;
    }

    @Override
    void happen(Event event) {
      switch (event) {
        case TIMER_FIRES -> fire();
        case TOKEN_IS_CANCELLED -> {
          if (kind != Kind.PLAIN) {
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
        case EXECUTOR_REFUSES -> refusing = true;
      }
    }

    private final class Attempt extends CompletableFuture<String> {

      @Override
      public CompletableFuture<String> whenComplete(
          BiConsumer<? super String, ? super Throwable> action) {
        at(Moment.LISTENING);
        CompletableFuture<String> stage = super.whenComplete(action);
        at(Moment.LISTENING);
        return stage;
      }

      @Override
      public boolean cancel(boolean mayInterruptIfRunning) {
        at(Moment.CANCELLING);
        return super.cancel(mayInterruptIfRunning);
      }
    }
  }
}
