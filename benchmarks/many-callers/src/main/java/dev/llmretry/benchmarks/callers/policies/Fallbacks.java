package dev.llmretry.benchmarks.callers.policies;

import dev.failsafe.CircuitBreaker;
import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.FailsafeExecutor;
import dev.failsafe.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.Route;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** Ways to call a second provider when the first one fails. */
final class Fallbacks {

  /** After which all clients give up a request. */
  private static final Duration TIMEOUT = Duration.ofSeconds(2);

  private Fallbacks() {}

  private static Chat client(List<URI> urls, int index) {
    return new HttpChat(urls.get(index), TIMEOUT);
  }

  static Chat none(List<URI> urls) {
    return new RetryingChat(client(urls, 0));
  }

  static Chat ifItFails(List<URI> urls) {
    return orElse(client(urls, 0), client(urls, 1));
  }

  private static Chat orElse(Chat first, Chat second) {
    return () -> {
      try {
        return first.ask();
      } catch (IOException e) {
        return second.ask();
      }
    };
  }

  static Chat failsafeRetries(List<URI> urls) {
    RetryPolicy<String> retries =
        RetryPolicy.<String>builder()
            .withMaxRetries(BackOff.RETRIES)
            .withBackoff(BackOff.BASE, BackOff.MAX, BackOff.MULTIPLIER)
            .withJitter(BackOff.JITTER)
            .build();
    return orElse(guarded(client(urls, 0), Failsafe.with(retries)), client(urls, 1));
  }

  private static Chat guarded(Chat chat, FailsafeExecutor<String> executor) {
    return () -> {
      try {
        return executor.get(chat::ask);
      } catch (FailsafeException e) {
        throw new IOException(e);
      }
    };
  }

  static Chat failsafeCircuitBreaker(List<URI> urls) {
    CircuitBreaker<String> breaker =
        CircuitBreaker.<String>builder()
            .withFailureThreshold(10)
            .withDelay(Duration.ofSeconds(1))
            .build();
    return orElse(guarded(client(urls, 0), Failsafe.with(breaker)), client(urls, 1));
  }

  static Chat resilience4jCircuitBreaker(List<URI> urls) {
    Chat first = client(urls, 0);
    var breaker = io.github.resilience4j.circuitbreaker.CircuitBreaker.ofDefaults("chat");
    Chat guarded =
        () -> {
          try {
            return breaker.executeCallable(first::ask);
          } catch (CallNotPermittedException e) {
            throw new IOException(e);
          } catch (IOException | InterruptedException | RuntimeException e) {
            throw e;
          } catch (Exception e) {
            throw new IOException(e);
          }
        };
    return orElse(guarded, client(urls, 1));
  }

  static Chat routes(List<URI> urls) {
    return RetryingRoutedChat.routed(
        RetryRuntime.standard(),
        Route.of("first", client(urls, 0)),
        Route.of("second", client(urls, 1)));
  }
}
