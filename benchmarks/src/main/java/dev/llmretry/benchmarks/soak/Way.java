package dev.llmretry.benchmarks.soak;

import dev.llmretry.runtime.CallbackRetry;
import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.Retry;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Flow.Publisher;

/** The ways to make a call. */
enum Way {
  WRAPPER {
    @Override
    void make(Call call, SoakClient client, RetryRuntime runtime) {
      CancellationToken token = call.source.token();
      block(call, () -> call.timed ? client.askInTime(call, token) : client.ask(call, token));
    }
  },
  RETRY_CALL {
    @Override
    void make(Call call, SoakClient client, RetryRuntime runtime) {
      block(
          call,
          () ->
              Retry.call(
                  runtime,
                  policyOf(call),
                  call.source.token(),
                  attempt -> PROVIDER.ask(call, attempt.token())));
    }
  },
  WOVEN {
    @Override
    void make(Call call, SoakClient client, RetryRuntime runtime) {
      CancellationToken token = call.source.token();
      block(
          call,
          () -> call.timed ? WOVEN_CLIENT.askInTime(call, token) : WOVEN_CLIENT.ask(call, token));
    }
  },
  STREAM {
    @Override
    void make(Call call, SoakClient client, RetryRuntime runtime) {
      CancellationToken token = call.source.token();
      block(
          call,
          () -> {
            try (var stream =
                call.timed ? client.streamInTime(call, token) : client.stream(call, token)) {
              return stream.toList().get(0);
            }
          });
    }
  },
  FUTURE {
    @Override
    void make(Call call, SoakClient client, RetryRuntime runtime) {
      CancellationToken token = call.source.token();
      CompletableFuture<Call> future =
          call.timed ? client.beginInTime(call, token) : client.begin(call, token);
      call.stoppableBy(() -> future.cancel(true));
      var unused =
          future.whenComplete(
              (result, error) ->
                  call.end(
                      result, error instanceof CompletionException ? error.getCause() : error));
    }
  },
  PUBLISHER {
    @Override
    void make(Call call, SoakClient client, RetryRuntime runtime) {
      CancellationToken token = call.source.token();
      Publisher<Call> publisher =
          call.timed ? client.publishInTime(call, token) : client.publish(call, token);
      publisher.subscribe(new SoakSubscriber(call));
    }
  },
  CALLBACK {
    @Override
    void make(Call call, SoakClient client, RetryRuntime runtime) {
      call.stoppableBy(call.source::cancel);
      CallbackRetry.call(
          runtime,
          policyOf(call),
          call.source.token(),
          error -> call.end(null, error),
          attempt -> {
            var unused =
                PROVIDER
                    .begin(call, attempt.token())
                    .whenComplete(
                        (result, error) -> {
                          if (error == null) {
                            attempt.completed(() -> call.end(result, null));
                          } else {
                            attempt.failed(error);
                          }
                        });
          });
    }
  };

  static final Provider PROVIDER = new Provider();
  private static final WovenClient WOVEN_CLIENT = new WovenClient(PROVIDER);

  /** Makes a call, which may not be over when this returns. */
  abstract void make(Call call, SoakClient client, RetryRuntime runtime);

  private static RetryPolicy policyOf(Call call) {
    return call.timed ? Settings.TIMED : Settings.PLAIN;
  }

  @FunctionalInterface
  private interface Blocking {
    Object run() throws Exception;
  }

  private static void block(Call call, Blocking blocking) {
    call.stoppableBy(Thread.currentThread()::interrupt);
    Object result = null;
    Throwable error = null;
    try {
      result = blocking.run();
    } catch (Throwable e) {
      error = e;
    }
    call.stoppableBy(null);
    boolean interrupted = Thread.interrupted();
    if (interrupted && call.stopped == Long.MAX_VALUE) {
      error = new IllegalStateException("an interrupt that nobody sent has escaped", error);
    }
    call.end(result, error);
  }
}
