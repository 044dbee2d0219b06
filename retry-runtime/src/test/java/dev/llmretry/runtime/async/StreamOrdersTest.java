package dev.llmretry.runtime.async;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmretry.runtime.QuietLog;
import dev.llmretry.runtime.RetryPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What can happen to a retried stream, in every order, and in the middle of everything: its signals
 * come one after another, no more than were asked for, and end once; its listener hears one end, no
 * attempt begins after it or goes on, and nothing is left.
 */
@ExtendWith(QuietLog.class)
@Tag("costly")
class StreamOrdersTest {

  enum Event {
    TIMER_FIRES,
    TOKEN_IS_CANCELLED,
    SUBSCRIPTION_IS_CANCELLED,
    ONE_IS_ASKED_FOR,
    NONE_IS_ASKED_FOR,
    PREAMBLE_COMES,
    CONTENT_COMES,
    ATTEMPT_COMPLETES,
    ATTEMPT_FAILS,
    EXECUTOR_RUNS,
    EXECUTOR_REFUSES
  }

  enum Kind {
    UNTIMED,
    TIMED
  }

  @ParameterizedTest
  @EnumSource
  void oneAfterTheOther(Kind kind) {
    Map<String, List<Event>> wrongs = new TreeMap<>();
    for (List<Event> order : Orders.of(List.of(Event.values()), 5)) {
      new Scene(kind, null).play(order, wrongs);
    }
    assertThat(wrongs).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void oneInTheMiddleOfAnother(Kind kind) {
    Map<String, List<Event>> wrongs = new TreeMap<>();
    for (var moment : HandDriven.Moment.values()) {
      for (int occurrence = 1; occurrence <= 2; occurrence++) {
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

  private static final class Scene extends HandDriven<Event> implements Subscriber<String> {

    private final Kind kind;
    private final Interruption<Event> interruption;
    private final List<Attempt> attempts = new ArrayList<>();
    private Subscription subscription;
    private long asked;
    private long received;
    private boolean receiving;
    private boolean cancelled;
    private boolean ended;

    Scene(Kind kind, Interruption<Event> interruption) {
      super(interruption);
      this.kind = kind;
      this.interruption = interruption;
    }

    void play(List<Event> order, Map<String, List<Event>> allWrongs) {
      var policy =
          RetryPolicy.builder("call")
              .maxRetries(2)
              .preamble((String element) -> element.equals("preamble"));
      if (kind == Kind.TIMED) {
        policy.attemptTimeout(Duration.ofSeconds(1));
      }
      PublisherRetry.<String>subscribe(
          runtime(), policy.build(), token, this, (subscriber, attempt) -> begin(subscriber));
      order.forEach(this::happen);
      for (int left = 20; left > 0 && !ended && !cancelled; left--) {
        happen(Event.ONE_IS_ASKED_FOR);
        if (!run() && !fire()) {
          happen(Event.ATTEMPT_COMPLETES);
        }
      }
      check(ended || cancelled, "no end");
      checkEnd();
      check(attempts.stream().allMatch(attempt -> attempt.over), "an attempt goes on");
      while (run() || fire()) {
        // Nothing of this may begin an attempt.
      }
      wrongs.forEach(wrong -> allWrongs.putIfAbsent(wrong + ", " + interruption, order));
    }

    private void begin(Subscriber<String> subscriber) {
      check(!ended && !cancelled, "an attempt after the end");
      var attempt = new Attempt(subscriber);
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
        case ONE_IS_ASKED_FOR -> ask(1);
        case NONE_IS_ASKED_FOR -> ask(0);
        case PREAMBLE_COMES -> List.copyOf(attempts).forEach(attempt -> attempt.next("preamble"));
        case CONTENT_COMES -> List.copyOf(attempts).forEach(attempt -> attempt.next("content"));
        case ATTEMPT_COMPLETES -> List.copyOf(attempts).forEach(Attempt::complete);
        case ATTEMPT_FAILS -> List.copyOf(attempts).forEach(Attempt::fail);
        case EXECUTOR_RUNS -> run();
        case EXECUTOR_REFUSES -> refusing = true;
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
      at(Moment.HANDED_ON);
      receiving = false;
    }

    @Override
    public void onNext(String element) {
      enter();
      received++;
      check(received <= asked, "not asked for");
      at(Moment.HANDED_ON);
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
      private boolean listening;
      private boolean over;
      private long demand;

      Attempt(Subscriber<String> subscriber) {
        this.subscriber = subscriber;
      }

      void next(String element) {
        if (!over && demand > 0) {
          demand--;
          subscriber.onNext(element);
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
        at(Moment.LISTENING);
      }

      @Override
      public void cancel() {
        over = true;
        at(Moment.CANCELLING);
      }
    }
  }
}
