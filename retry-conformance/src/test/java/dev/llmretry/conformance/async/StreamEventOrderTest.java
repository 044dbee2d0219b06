package dev.llmretry.conformance.async;

import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.PublisherRetry;
import dev.llmretry.runtime.QuietLog;
import dev.llmretry.runtime.RetryPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Events of a retried stream in every order, and during each other: its signals come one after
 * another, no more than were asked for, and end once; its listener hears one end, no attempt begins
 * after it or goes on, and nothing is left.
 */
@ExtendWith(QuietLog.class)
@Tag("costly")
class StreamEventOrderTest {

  enum Event {
    TIMER_FIRES,
    TOKEN_IS_CANCELLED,
    SUBSCRIPTION_IS_CANCELLED,
    ONE_IS_REQUESTED,
    NONE_IS_REQUESTED,
    PREAMBLE_ARRIVES,
    CONTENT_ARRIVES,
    ATTEMPT_COMPLETES,
    ATTEMPT_FAILS,
    EXECUTOR_RUNS,
    EXECUTOR_REJECTS,
    // Of the attempt that began last, such as a hedge:
    LATEST_PREAMBLE_ARRIVES,
    LATEST_CONTENT_ARRIVES,
    LATEST_FAILS
  }

  enum Kind {
    UNTIMED,
    TIMED,
    DEADLINE,
    HEDGED,
    HEDGED_TIMED;

    boolean isHedged() {
      return name().startsWith("HEDGED");
    }

    boolean isTimed() {
      return name().endsWith("TIMED") && this != UNTIMED;
    }

    List<Event> events() {
      return Arrays.stream(Event.values())
          .filter(event -> isHedged() || !event.name().startsWith("LATEST"))
          .toList();
    }
  }

  @ParameterizedTest
  @EnumSource
  void eventsInEveryOrder(Kind kind) {
    ManualScheduler.playEveryOrder(
        kind.events(), kind.isHedged() ? 3 : 4, each -> new Scene(kind, each));
  }

  @ParameterizedTest
  @EnumSource
  @Tag("matrix")
  void moreEventsInEveryOrder(Kind kind) {
    ManualScheduler.playEveryOrder(
        kind.events(), kind.isHedged() ? 4 : 5, each -> new Scene(kind, each));
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
    ManualScheduler.playDuringOthers(kind.events(), 2, 2, each -> new Scene(kind, each));
  }

  private static final class Scene extends ManualScheduler<Event> implements Subscriber<String> {

    private final Kind kind;
    private final List<Attempt> attempts = new ArrayList<>();
    private Subscription subscription;
    private long asked;
    private long received;
    private boolean receiving;
    private boolean cancelled;
    private boolean ended;
    private String receivedFrom;

    Scene(Kind kind, Interruption<Event> interruption) {
      super(interruption);
      this.kind = kind;
    }

    @Override
    void play(List<Event> order) {
      var policy =
          RetryPolicy.builder("call")
              .maxRetries(2)
              .preamble((String element) -> element.startsWith("preamble"));
      if (kind.isHedged()) {
        policy.hedgeAfter(Duration.ofMillis(10));
      }
      if (kind.isTimed()) {
        policy.attemptTimeout(Duration.ofSeconds(1));
      }
      if (kind == Kind.DEADLINE) {
        policy.deadline(Duration.ofSeconds(10));
      }
      PublisherRetry.<String>subscribe(
          runtime(),
          policy.build(),
          token,
          this,
          (subscriber, attempt) -> begin(subscriber, attempt.token()));
      if (kind.isHedged()) {
        ask(1);
        fireLatest();
        run();
        check(interruption != null || attempts.size() == 2, "no hedge");
      }
      order.forEach(this::happen);
      for (int left = 20; left > 0 && !ended && !cancelled; left--) {
        happen(Event.ONE_IS_REQUESTED);
        if (!run() && !fire()) {
          happen(Event.ATTEMPT_COMPLETES);
        }
      }
      check(ended || cancelled, "no end");
      checkEnd();
      check(attempts.stream().allMatch(attempt -> attempt.over), "an attempt goes on");
      while (run() || fire()) {
        // None of this may start an attempt.
      }
    }

    private void begin(Subscriber<String> subscriber, CancellationToken attemptToken) {
      check(!ended && !cancelled, "an attempt after the end");
      var attempt = new Attempt(subscriber, attemptToken);
      attempts.add(attempt);
      at(Moment.CALLING);
      subscriber.onSubscribe(attempt);
      attempt.listening = true;
    }

    @Override
    void happen(Event event) {
      switch (event) {
        case TIMER_FIRES -> fire();
        case TOKEN_IS_CANCELLED -> source.cancel();
        case SUBSCRIPTION_IS_CANCELLED -> {
          if (subscription != null) {
            cancelled = true;
            subscription.cancel();
          }
        }
        case ONE_IS_REQUESTED -> ask(1);
        case NONE_IS_REQUESTED -> ask(0);
        case PREAMBLE_ARRIVES -> List.copyOf(attempts).forEach(Attempt::preamble);
        case CONTENT_ARRIVES -> List.copyOf(attempts).forEach(Attempt::content);
        case ATTEMPT_COMPLETES -> List.copyOf(attempts).forEach(Attempt::complete);
        case ATTEMPT_FAILS -> List.copyOf(attempts).forEach(Attempt::fail);
        case EXECUTOR_RUNS -> run();
        case EXECUTOR_REJECTS -> rejecting = true;
        case LATEST_PREAMBLE_ARRIVES -> latest(Attempt::preamble);
        case LATEST_CONTENT_ARRIVES -> latest(Attempt::content);
        case LATEST_FAILS -> latest(Attempt::fail);
      }
    }

    private void latest(Consumer<Attempt> action) {
      if (!attempts.isEmpty()) {
        action.accept(attempts.get(attempts.size() - 1));
      }
    }

    private void ask(long elements) {
      if (subscription != null) {
        asked += elements;
        subscription.request(elements);
      }
    }

    @Override
    public void onSubscribe(Subscription opened) {
      enter();
      subscription = opened;
      at(Moment.EMITTING);
      receiving = false;
    }

    @Override
    public void onNext(String element) {
      enter();
      String from = element.substring(element.indexOf(' '));
      check(receivedFrom == null || receivedFrom.equals(from), "elements of two attempts");
      receivedFrom = from;
      received++;
      check(received <= asked, "not asked for");
      at(Moment.EMITTING);
      receiving = false;
    }

    @Override
    public void onError(Throwable error) {
      end();
    }

    @Override
    public void onComplete() {
      end();
    }

    private void end() {
      enter();
      ended = true;
      at(Moment.ENDED);
      receiving = false;
    }

    private void enter() {
      check(!receiving, "one signal in another");
      check(!ended, "a signal after the end");
      receiving = true;
    }

    private final class Attempt implements Subscription {

      private final Subscriber<String> subscriber;
      private final CancellationToken attemptToken;
      private boolean listening;
      private boolean over;
      private long demand;

      Attempt(Subscriber<String> subscriber, CancellationToken attemptToken) {
        this.subscriber = subscriber;
        this.attemptToken = attemptToken;
      }

      void preamble() {
        next("preamble");
      }

      void content() {
        next("content");
      }

      private void next(String element) {
        if (!over && demand > 0) {
          demand--;
          subscriber.onNext(element + " of " + attempts.indexOf(this));
        }
      }

      void complete() {
        if (!over && listening) {
          over = true;
          subscriber.onComplete();
        }
      }

      void fail() {
        if (!over && listening) {
          over = true;
          subscriber.onError(new Overloaded());
        }
      }

      @Override
      public void request(long elements) {
        listening = true;
        demand += elements;
        at(Moment.SUBSCRIBING);
      }

      @Override
      public void cancel() {
        check(attemptToken.isCancelled(), "a subscription cancelled before its token");
        over = true;
        at(Moment.CANCELLING);
      }
    }
  }
}
