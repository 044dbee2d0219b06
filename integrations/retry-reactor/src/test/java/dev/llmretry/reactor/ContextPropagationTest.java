package dev.llmretry.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmretry.FailureKind;
import dev.llmretry.conformance.ProviderError;
import dev.llmretry.runtime.AsyncCall;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.testing.VirtualBackoffClock;
import io.micrometer.context.ContextRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;

/** Thread locals that Reactor restores from the context of the subscriber. */
class ContextPropagationTest {

  private static final ThreadLocal<String> USER = new ThreadLocal<>();

  private final ExecutorService thread = Executors.newSingleThreadExecutor();
  private final VirtualBackoffClock clock = VirtualBackoffClock.manual();
  private final RetryRuntime runtime =
      RetryRuntime.builder().clock(clock).executor(this::runOnAnotherThread).build();
  private final List<String> users = new CopyOnWriteArrayList<>();

  @BeforeEach
  void propagate() {
    ContextRegistry.getInstance().registerThreadLocalAccessor("user", USER);
    Hooks.enableAutomaticContextPropagation();
  }

  @AfterEach
  void reset() {
    Hooks.disableAutomaticContextPropagation();
    ContextRegistry.getInstance().removeThreadLocalAccessor("user");
    thread.shutdown();
  }

  private void runOnAnotherThread(Runnable task) {
    CompletableFuture.runAsync(task, thread).join();
  }

  private void call(RetryPolicy policy, AsyncCall<Mono<String>> call) {
    CompletableFuture<String> answer =
        ReactorRetry.mono(
                runtime,
                policy,
                attempt -> {
                  users.add(USER.get() + " on " + Thread.currentThread().getName());
                  return call.call(attempt);
                })
            .doOnNext(element -> users.add(USER.get() + " reads " + element))
            .contextWrite(context -> context.put("user", "ada"))
            .toFuture();
    clock.advanceUntil(answer::isDone);
    assertThat(answer).isCompletedWithValue("ok");
    String here = Thread.currentThread().getName();
    assertThat(users.get(0)).isEqualTo("ada on " + here);
    assertThat(users.get(1)).startsWith("ada on ").doesNotEndWith(here);
    assertThat(users.get(2)).isEqualTo("ada reads ok");
    assertThat(users).hasSize(3);
  }

  @Test
  void laterAttemptsHaveThem() {
    call(
        RetryPolicy.builder("ask").build(),
        attempt ->
            attempt.number() == 1
                ? Mono.error(new ProviderError(FailureKind.SERVER))
                : Mono.just("ok"));
  }

  @Test
  void bothOfTwoAttemptsHaveThem() {
    call(
        RetryPolicy.builder("ask").hedgeAfter(Duration.ofMillis(100)).build(),
        attempt -> attempt.isHedge() ? Mono.just("ok") : Mono.never());
  }
}
