package acme.woven;

import dev.llmretry.aspectj.WovenCall;
import dev.llmretry.aspectj.WovenClass;
import dev.llmretry.runtime.AsyncRetry;
import dev.llmretry.runtime.Attempt;
import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.PublisherRetry;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.generated.CallbackGate;
import dev.llmretry.runtime.generated.FirstElement;
import dev.llmretry.runtime.generated.FutureRetry;
import dev.llmretry.runtime.generated.GeneratedByLlmRetry;
import dev.llmretry.runtime.generated.RetryLoop;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.annotation.processing.Generated;

/**
 * Says how {@link ChatClient} is retried, once AspectJ has woven it.
 *
 * <ul>
 *   <li>{@code complete}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks.
 *   <li>{@code summarise}: up to 6 attempts, waits 100, 200, 400, 800, 1600 ms or as the provider asks.
 *   <li>{@code count}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks.
 *   <li>{@code parse}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks.
 *   <li>{@code ask}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks, each given 500 ms.
 *   <li>{@code ask}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks, all within 5 s.
 *   <li>{@code askLater}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks.
 *   <li>{@code publish}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks, until the first element has arrived.
 *   <li>{@code stream}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks, until the first element has arrived.
 *   <li>{@code tell}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks, until the first element has arrived.
 *   <li>{@code tell}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks, until the first element has arrived.
 *   <li>{@code hear}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks, until the first element has arrived.
 * </ul>
 */
@Generated("dev.llmretry.processor.LlmRetryProcessor")
@GeneratedByLlmRetry
final class WovenChatClient {
  private static final RetryPolicy COMPLETE = RetryPolicy.builder("acme.woven.ChatClient.complete")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private static final RetryPolicy SUMMARISE = RetryPolicy.builder("acme.woven.ChatClient.summarise")
      .maxRetries(5)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private static final RetryPolicy COUNT = RetryPolicy.builder("acme.woven.ChatClient.count")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private static final RetryPolicy PARSE = RetryPolicy.builder("acme.woven.ChatClient.parse")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private static final RetryPolicy ASK = RetryPolicy.builder("acme.woven.ChatClient.ask(ChatClient.Secret, CancellationToken)")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .attemptTimeout(Duration.ofMillis(500))
      .build();

  private static final RetryPolicy ASK_2 = RetryPolicy.builder("acme.woven.ChatClient.ask()")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .deadline(Duration.ofMillis(5000))
      .build();

  private static final RetryPolicy ASK_LATER = RetryPolicy.builder("acme.woven.ChatClient.askLater")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private static final RetryPolicy PUBLISH = RetryPolicy.builder("acme.woven.ChatClient.publish")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private static final RetryPolicy STREAM = RetryPolicy.builder("acme.woven.ChatClient.stream")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private static final RetryPolicy TELL = RetryPolicy.builder("acme.woven.ChatClient.tell(String, Consumer)")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private static final RetryPolicy TELL_2 = RetryPolicy.builder("acme.woven.ChatClient.tell(Flow.Subscriber, CancellationToken)")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private static final RetryPolicy HEAR = RetryPolicy.builder("acme.woven.ChatClient.hear")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  static {
    WovenClass.describe(ChatClient.class, isWoven())
        .loop("complete(java.lang.String,dev.llmretry.runtime.CancellationToken)", COMPLETE)
        .interruptibleLoop("summarise(java.lang.String)", SUMMARISE)
        .overriding("acme.woven.BaseClient.summarise(java.lang.Object)")
        .loop("count(acme.woven.ChatClient$Secret,int[],java.util.List)", COUNT)
        .function("parse(java.lang.Class,dev.llmretry.runtime.CancellationToken)", PARSE, WovenChatClient::parse)
        .function("ask(acme.woven.ChatClient$Secret,dev.llmretry.runtime.CancellationToken)", ASK, WovenChatClient::ask)
        .function("ask()", ASK_2, WovenChatClient::ask_)
        .function("askLater(java.lang.Class,dev.llmretry.runtime.CancellationToken)", ASK_LATER, WovenChatClient::askLater)
        .function("publish(java.lang.String)", PUBLISH, WovenChatClient::publish)
        .function("stream(java.lang.String)", STREAM, WovenChatClient::stream)
        .procedure("tell(java.lang.String,java.util.function.Consumer)", TELL, WovenChatClient::tell)
        .procedure("tell(java.util.concurrent.Flow$Subscriber,dev.llmretry.runtime.CancellationToken)", TELL_2, WovenChatClient::tell_)
        .function("hear(java.util.function.Consumer)", HEAR, WovenChatClient::hear)
        .register();
  }

  private WovenChatClient() {
  }

  private static <T, R> R parse(WovenCall call) throws Throwable {
    CancellationToken cancel = call.argument(1);
    RetryLoop retries = RetryLoop.begin(call.runtime(), PARSE, cancel);
    long startSequence = RetryLoop.sequence();
    while (true) {
      try {
        R result = call.proceed();
        if (retries != null) {
          retries.succeeded();
        }
        return result;
      } catch (Exception e) {
        if (retries == null) {
          retries = new RetryLoop(call.runtime(), PARSE, cancel, startSequence);
        }
        if (!retries.awaitRetry(e)) {
          throw e;
        }
      }
    }
  }

  private static <T> T ask(WovenCall call) throws Throwable {
    CancellationToken cancel = call.argument(1);
    RetryLoop retries = RetryLoop.beginTimed(call.runtime(), ASK, cancel);
    while (true) {
      Attempt attempt = retries.beginAttempt();
      try {
        T result = call.with(1, attempt.token()).proceed();
        retries.succeeded();
        return result;
      } catch (Exception e) {
        if (!retries.awaitRetry(e)) {
          throw e;
        }
      } finally {
        retries.endAttempt();
      }
    }
  }

  private static <T> long ask_(WovenCall call) throws Throwable {
    RetryLoop retries = RetryLoop.beginTimed(call.runtime(), ASK_2, null);
    while (true) {
      retries.beginAttempt();
      try {
        long result = call.proceed();
        retries.succeeded();
        return result;
      } catch (Exception e) {
        if (!retries.awaitRetry(e)) {
          throw e;
        }
      } finally {
        retries.endAttempt();
      }
    }
  }

  private static <T, R extends Comparable<R>> CompletableFuture<R> askLater(WovenCall call_) throws
      Throwable {
    CancellationToken call = call_.argument(1);
    return AsyncRetry.call(
        call_.runtime(), ASK_LATER, call, attempt -> call_.with(1, attempt.token()).<CompletableFuture<R>>proceed());
  }

  private static <T> Flow.Publisher<T> publish(WovenCall call) throws Throwable {
    return PublisherRetry.call(
        call.runtime(), PUBLISH, attempt -> call.<Flow.Publisher<T>>proceed());
  }

  private static <T> Stream<T> stream(WovenCall call) throws Throwable {
    RetryLoop retries = RetryLoop.begin(call.runtime(), STREAM, null);
    long startSequence = RetryLoop.sequence();
    while (true) {
      try {
        FirstElement first = new FirstElement(STREAM);
        Stream<T> result = first.ofStream(call.<Stream<T>>proceed());
        if (retries != null) {
          retries.succeeded();
        }
        return result;
      } catch (Exception e) {
        if (retries == null) {
          retries = new RetryLoop(call.runtime(), STREAM, null, startSequence);
        }
        if (!retries.awaitRetry(e)) {
          throw e;
        }
      }
    }
  }

  private static <T> void tell(WovenCall call) throws Throwable {
    Consumer<T> each = call.argument(1);
    RetryLoop retries = RetryLoop.begin(call.runtime(), TELL, null);
    long startSequence = RetryLoop.sequence();
    while (true) {
      CallbackGate gate = new CallbackGate(TELL);
      try {
        call.with(1, new Consumer<T>() {
          @Override
          public void accept(T arg0) {
            gate.element(arg0, () -> each.accept(arg0));
          }
        }).proceed();
        gate.completed();
        if (retries != null) {
          retries.succeeded();
        }
        return;
      } catch (Exception e) {
        if (retries == null) {
          retries = new RetryLoop(call.runtime(), TELL, null, startSequence);
        }
        if (!retries.awaitRetry(e, gate.failed())) {
          throw e;
        }
      }
    }
  }

  private static <T> void tell_(WovenCall call) throws Throwable {
    Flow.Subscriber<T> subscriber = call.argument(0);
    CancellationToken cancel = call.argument(1);
    PublisherRetry.subscribe(
        call.runtime(), TELL_2, cancel, subscriber,
        (each, attempt) -> call.with(0, each).with(1, attempt.token()).proceed());
  }

  private static <T> CompletableFuture<Void> hear(WovenCall call) throws Throwable {
    Consumer<String> each = call.argument(0);
    return AsyncRetry.call(
        call.runtime(), HEAR, FutureRetry.gated(HEAR, (gate, attempt) -> call.with(0, new Consumer<String>() {
          @Override
          public void accept(String arg0) {
            gate.element(arg0, () -> each.accept(arg0));
          }
        }).<CompletableFuture<Void>>proceed()));
  }

  private static boolean isWoven() {
    return false;
  }
}
