package dev.llmretry.benchmarks.soak;

import dev.llmretry.runtime.CallbackRetry;
import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.Retry;
import dev.llmretry.runtime.RetryPolicy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Flow.Publisher;
import java.util.concurrent.atomic.AtomicReference;

/** The ways to make a call. */
enum Way {
  WRAPPER {
    @Override
    void make(Call call) {
      CancellationToken token = call.source.token();
      block(call, () -> call.scene.client(call.timed).ask(call, token));
    }
  },
  RETRY_CALL {
    @Override
    void make(Call call) {
      block(
          call,
          () ->
              Retry.call(
                  call.scene.runtime,
                  policyOf(call),
                  call.source.token(),
                  attempt -> call.scene.delegate(attempt).ask(call, attempt.token())));
    }
  },
  WOVEN {
    @Override
    void make(Call call) {
      CancellationToken token = call.source.token();
      WovenClient client = call.scene.woven();
      block(call, () -> call.timed ? client.askInTime(call, token) : client.ask(call, token));
    }
  },
  STREAM {
    @Override
    void make(Call call) {
      CancellationToken token = call.source.token();
      block(
          call,
          () -> {
            try (var stream = call.scene.client(call.timed).stream(call, token)) {
              return stream.toList().get(0);
            }
          });
    }
  },
  FUTURE {
    @Override
    void make(Call call) {
      CancellationToken token = call.source.token();
      CompletableFuture<Answer> future = call.scene.client(call.timed).begin(call, token);
      call.setCanceller(() -> future.cancel(true));
      var unused =
          future.whenComplete(
              (result, error) ->
                  call.end(
                      result, error instanceof CompletionException ? error.getCause() : error));
    }
  },
  PUBLISHER {
    @Override
    void make(Call call) {
      CancellationToken token = call.source.token();
      Publisher<Answer> publisher = call.scene.client(call.timed).publish(call, token);
      publisher.subscribe(new SoakSubscriber(call));
    }
  },
  CALLBACK {
    @Override
    void make(Call call) {
      call.setCanceller(call.source::cancel);
      var received = new AtomicReference<Answer>();
      CallbackRetry.call(
          call.scene.runtime,
          policyOf(call),
          call.source.token(),
          error -> call.end(null, error),
          attempt -> {
            var unused =
                call.scene
                    .delegate(attempt)
                    .begin(call, attempt.token())
                    .whenComplete(
                        (result, error) -> {
                          if (error == null) {
                            attempt.element(result, () -> received.set(result));
                            attempt.completed(() -> call.end(received.get(), null));
                          } else {
                            attempt.failed(error);
                          }
                        });
          });
    }
  };

  /** Makes a call, which may not be over when this returns. */
  abstract void make(Call call);

  private static RetryPolicy policyOf(Call call) {
    return call.scene.mode.plan().policy(call.timed);
  }

  @FunctionalInterface
  private interface Blocking {
    Object run() throws Exception;
  }

  private static void block(Call call, Blocking blocking) {
    call.setCanceller(Thread.currentThread()::interrupt);
    Object result = null;
    Throwable error = null;
    try {
      result = blocking.run();
    } catch (Throwable e) {
      error = e;
    }
    call.setCanceller(null);
    boolean interrupted = Thread.interrupted();
    if (interrupted && call.stopped == Long.MAX_VALUE) {
      error =
          new IllegalStateException("interrupted after the call, though not by its caller", error);
    }
    call.end(result, error);
  }
}
