package dev.llmretry.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmretry.HttpFailure;
import dev.llmretry.runtime.async.AsyncRetry;
import dev.llmretry.runtime.async.PublisherRetry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What of the user's fails, and is passed over, is told in the log. */
class WarningsTest {

  private static class Idle implements Subscription {

    @Override
    public void request(long elements) {}

    @Override
    public void cancel() {}
  }

  @RegisterExtension final CapturedLog log = new CapturedLog();

  private static void refuse() {
    throw new RejectedExecutionException("shut down");
  }

  @Test
  void anExecutorThatRefusesAnAttempt() {
    var world = new Surroundings();
    world.executor = work -> refuse();
    world.errorOf(
        EveryDriver.FUTURE.call(
            world.runtime(), Surroundings.UNTIMED, world.token, world.failing(1)));
    assertThat(log.warnings()).containsExactly("The executor of call refused to go on");
  }

  @Test
  void anExecutorThatRefusesToEndAnAttempt() {
    for (boolean stream : List.of(false, true)) {
      log.lines().clear();
      var world = new Surroundings();
      world.executor = work -> refuse();
      var once =
          RetryPolicy.builder("call").maxRetries(0).attemptTimeout(Duration.ofSeconds(1)).build();
      if (stream) {
        PublisherRetry.<String>call(
                world.runtime(), once, () -> subscriber -> subscriber.onSubscribe(new Idle()))
            .subscribe(new Deaf());
      } else {
        var unused = AsyncRetry.<String>call(world.runtime(), once, CompletableFuture::new);
      }
      world.time.advance(Duration.ofSeconds(1));
      assertThat(log.warnings())
          .containsExactly("An executor refused to end an attempt; the clock's thread does so");
    }
  }

  @Test
  void aClockThatFails() {
    var world =
        new Surroundings() {
          @Override
          public long nanoTime() {
            throw new IllegalStateException("stopped");
          }
        };
    world.errorOf(
        EveryDriver.FUTURE.call(
            world.runtime(), Surroundings.TIMED, world.token, world.failing(1)));
    assertThat(log.warnings())
        .isNotEmpty()
        .containsOnly("The clock failed; the deadline counts as over");
  }

  @Test
  void aClockThatFailsLater() {
    var world =
        new Surroundings() {
          @Override
          public long nanoTime() {
            if (attempts > 0) {
              throw new IllegalStateException("stopped");
            }
            return super.nanoTime();
          }
        };
    world.errorOf(
        EveryDriver.FUTURE.call(
            world.runtime(), Surroundings.TIMED, world.token, world.failing(1)));
    assertThat(log.warnings())
        .isNotEmpty()
        .containsOnly("The clock failed; the deadline counts as over");
  }

  @Test
  void aSubscriberThatFails() {
    var world = new Surroundings();
    PublisherRetry.<String>call(
            world.runtime(),
            Surroundings.UNTIMED,
            () ->
                subscriber ->
                    subscriber.onSubscribe(
                        new Subscription() {
                          @Override
                          public void request(long elements) {
                            subscriber.onNext("element");
                          }

                          @Override
                          public void cancel() {}
                        }))
        .subscribe(
            new Deaf() {
              @Override
              public void onNext(String element) {
                throw new IllegalStateException("full");
              }
            });
    assertThat(log.warnings()).containsExactly("What hears of call failed, and hears no more");
  }

  @Test
  void aTokenThatFails() {
    CancellationToken broken =
        new CancellationToken() {
          @Override
          public boolean isCancelled() {
            throw new IllegalStateException("broken");
          }

          @Override
          public Registration onCancel(Runnable action) {
            throw new IllegalStateException("broken");
          }
        };
    CancellationToken guarded = GuardedToken.of(broken);
    assertThat(guarded.isCancelled()).isFalse();
    guarded.onCancel(() -> {}).close();
    String warning = "A cancellation token failed; it counts as not cancelled";
    assertThat(log.warnings()).containsExactly(warning, warning);
  }

  @Test
  void anActionOfATokenThatFails() {
    var source = new CancellationSource();
    source.token().onCancel(WarningsTest::refuse);
    source.cancel();
    assertThat(log.warnings())
        .containsExactly("An action registered with a cancellation token failed");
  }

  @Test
  void aSubscriptionThatCannotBeCancelled() {
    CancellationSource source = new CancellationSource();
    PublisherRetry.<String>call(
            RetryRuntime.standard(),
            Surroundings.UNTIMED,
            source.token(),
            attempt ->
                subscriber ->
                    subscriber.onSubscribe(
                        new Idle() {
                          @Override
                          public void cancel() {
                            throw new IllegalStateException("stubborn");
                          }
                        }))
        .subscribe(new Deaf());
    source.cancel();
    assertThat(log.warnings()).containsExactly("A subscription failed to be cancelled");
  }

  @Test
  void aCallWithoutItsExecutor() {
    RetryRuntime runtime = RetryRuntime.builder().executorPerCall(() -> null).build();
    assertThat(runtime.forCall().executor()).isSameAs(runtime.executor());
    assertThat(log.warnings())
        .containsExactly("There is no executor for a call; the one for all calls stands in");
  }

  @Test
  void aSourceOfChanceThatFails() {
    RetryRuntime runtime =
        RetryRuntime.builder()
            .random(
                () -> {
                  throw new IllegalStateException("empty");
                })
            .build();
    assertThat(runtime.random()).isBetween(0.0, 1.0);
    assertThat(log.warnings())
        .containsExactly("The source of random numbers for jitter failed; another one stands in");
    assertThat(DoubleStream.generate(runtime::random).limit(10).distinct().count())
        .isGreaterThan(1);
  }

  @Test
  void aPreambleThatFails() {
    RetryPolicy policy =
        RetryPolicy.builder("call")
            .preamble(
                element -> {
                  throw new IllegalStateException("what is that?");
                })
            .build();
    assertThat(policy.isPreamble("element")).isFalse();
    assertThat(log.warnings())
        .containsExactly("The preamble of call failed; the element counts as content");
  }

  @Test
  void aFutureThatCannotBeCancelled() {
    var stubborn =
        new CompletableFuture<String>() {
          @Override
          public boolean cancel(boolean mayInterruptIfRunning) {
            throw new IllegalStateException("stubborn");
          }
        };
    CompletableFuture<String> future =
        AsyncRetry.call(RetryRuntime.standard(), Surroundings.UNTIMED, () -> stubborn);
    future.cancel(true);
    assertThat(log.warnings()).containsExactly("A completion stage failed to be cancelled");
  }

  @Test
  void aClockWithoutWallTime() {
    var world =
        new Surroundings() {
          @Override
          public Instant instant() {
            throw new IllegalStateException("no wall");
          }
        };
    String tomorrow = "Wed, 25 Nov 2026 08:00:00 GMT";
    world.errorOf(
        EveryDriver.FUTURE.call(
            world.runtime(),
            Surroundings.UNTIMED,
            world.token,
            attempt -> {
              throw new RefusedUntil(tomorrow);
            }));
    assertThat(log.warnings())
        .isNotEmpty()
        .containsOnly("The clock failed; a wait until a date counts as over");
  }

  private static final class RefusedUntil extends RuntimeException implements HttpFailure {

    private static final long serialVersionUID = 1;

    private final String date;

    RefusedUntil(String date) {
      this.date = date;
    }

    @Override
    public int statusCode() {
      return 429;
    }

    @Override
    public Map<String, List<String>> headers() {
      return Map.of("Retry-After", List.of(date));
    }
  }

  /** Asks for everything, and does nothing with it. */
  private static class Deaf implements Subscriber<String> {

    @Override
    public void onSubscribe(Subscription subscription) {
      subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(String element) {}

    @Override
    public void onError(Throwable error) {}

    @Override
    public void onComplete() {}
  }
}
