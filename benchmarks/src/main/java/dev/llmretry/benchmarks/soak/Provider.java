package dev.llmretry.benchmarks.soak;

import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.Registration;
import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow.Publisher;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/** What is called: does in each attempt what the call says. */
final class Provider implements SoakClient {

  private static void stall(CancellationToken token) {
    var cancelled = new CountDownLatch(1);
    Registration registration = token.onCancel(cancelled::countDown);
    try {
      cancelled.await();
    } catch (InterruptedException e) {
      throw (CancellationException) new CancellationException("interrupted").initCause(e);
    } finally {
      registration.close();
    }
    throw new CancellationException("the token of the attempt was cancelled");
  }

  @Override
  public Call ask(Call call, CancellationToken token) throws IOException {
    int attempt = call.begin();
    try {
      if (call.fault(attempt) == Fault.STALLED) {
        stall(token);
      } else if (call.fault(attempt) != Fault.NONE) {
        throw call.errorOf(attempt);
      }
    } catch (IOException | RuntimeException e) {
      call.finish(attempt, e);
      throw e;
    }
    call.finish(attempt, null);
    return call;
  }

  @Override
  public Call askInTime(Call call, CancellationToken token) throws IOException {
    return ask(call, token);
  }

  @Override
  public CompletableFuture<Call> begin(Call call, CancellationToken token) {
    int attempt = call.begin();
    var future = new Answer(call, attempt);
    if (call.heedsToken()) {
      Registration registration = token.onCancel(() -> future.cancel(true));
      var unused = future.whenComplete((result, error) -> registration.close());
    }
    if (call.fault(attempt) != Fault.STALLED) {
      long delay = call.delayMicros(attempt);
      if (delay == 0) {
        future.answer();
      } else {
        CompletableFuture.delayedExecutor(delay, TimeUnit.MICROSECONDS).execute(future::answer);
      }
    }
    return future;
  }

  /** What an attempt results in, unless it is cancelled before. */
  private static final class Answer extends CompletableFuture<Call> {

    private final Call call;
    private final int attempt;
    private final AtomicBoolean settled = new AtomicBoolean();

    Answer(Call call, int attempt) {
      this.call = call;
      this.attempt = attempt;
    }

    void answer() {
      if (settled.compareAndSet(false, true)) {
        SoakException error = call.fault(attempt) == Fault.NONE ? null : call.errorOf(attempt);
        call.finish(attempt, error);
        if (error == null) {
          complete(call);
        } else {
          completeExceptionally(error);
        }
      }
    }

    @Override
    public boolean cancel(boolean mayInterrupt) {
      if (settled.compareAndSet(false, true)) {
        call.finish(attempt, new CancellationException("the future was cancelled"));
      }
      return super.cancel(mayInterrupt);
    }
  }

  @Override
  public CompletableFuture<Call> beginInTime(Call call, CancellationToken token) {
    return begin(call, token);
  }

  @Override
  public Publisher<Call> publish(Call call, CancellationToken token) {
    return subscriber ->
        subscriber.onSubscribe(
            new Subscription() {
              private final AtomicBoolean begun = new AtomicBoolean();
              private volatile boolean cancelled;

              @Override
              public void request(long elements) {
                if (begun.compareAndSet(false, true)) {
                  var unused = begin(call, token).whenComplete(this::tell);
                }
              }

              private void tell(Call result, Throwable error) {
                if (cancelled) {
                  return;
                }
                if (error == null) {
                  subscriber.onNext(result);
                  subscriber.onComplete();
                } else {
                  subscriber.onError(error);
                }
              }

              @Override
              public void cancel() {
                begun.set(true);
                cancelled = true;
              }
            });
  }

  @Override
  public Publisher<Call> publishInTime(Call call, CancellationToken token) {
    return publish(call, token);
  }

  @Override
  public Stream<Call> stream(Call call, CancellationToken token) {
    return Stream.of(call).map(each -> pull(each, token));
  }

  @Override
  public Stream<Call> streamInTime(Call call, CancellationToken token) {
    return stream(call, token);
  }

  private Call pull(Call call, CancellationToken token) {
    try {
      return ask(call, token);
    } catch (IOException e) {
      throw Provider.<RuntimeException>undeclared(e);
    }
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <X extends Throwable> X undeclared(Throwable error) throws X {
    throw (X) error;
  }
}
