package dev.llmretry.benchmarks.soak;

import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.Registration;
import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow.Publisher;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/** What is called on a route: does in each attempt what the call says. */
final class Provider implements SoakClient {

  private final int route;

  Provider(int route) {
    this.route = route;
  }

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
  public Answer ask(Call call, CancellationToken token) throws IOException {
    int attempt = call.begin(route, token);
    try {
      if (call.fault(attempt) == Fault.STALLED) {
        stall(token);
      }
      SoakException error = call.errorOf(attempt);
      if (error != null) {
        throw error;
      }
    } catch (IOException | RuntimeException e) {
      call.finish(attempt, e);
      throw e;
    }
    call.finish(attempt, null);
    return new Answer(call, attempt);
  }

  @Override
  public CompletableFuture<Answer> begin(Call call, CancellationToken token) {
    int attempt;
    try {
      attempt = call.begin(route, token);
    } catch (CancellationException e) {
      return CompletableFuture.failedFuture(e);
    }
    var future = new PendingAnswer(call, attempt);
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
  private static final class PendingAnswer extends CompletableFuture<Answer> {

    private final Call call;
    private final int attempt;
    private final AtomicBoolean settled = new AtomicBoolean();

    PendingAnswer(Call call, int attempt) {
      this.call = call;
      this.attempt = attempt;
    }

    void answer() {
      if (settled.compareAndSet(false, true)) {
        SoakException error = call.errorOf(attempt);
        call.finish(attempt, error);
        if (error == null) {
          complete(new Answer(call, attempt));
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
  public Publisher<Answer> publish(Call call, CancellationToken token) {
    return subscriber -> subscriber.onSubscribe(new Publication(call, token, subscriber));
  }

  /** Begins an attempt when it is first requested, which its cancellation cancels. */
  private final class Publication implements Subscription {

    private final Call call;
    private final CancellationToken token;
    private final Subscriber<? super Answer> subscriber;
    private final AtomicBoolean begun = new AtomicBoolean();
    private volatile boolean cancelled;
    private volatile CompletableFuture<Answer> future;

    Publication(Call call, CancellationToken token, Subscriber<? super Answer> subscriber) {
      this.call = call;
      this.token = token;
      this.subscriber = subscriber;
    }

    @Override
    public void request(long elements) {
      if (begun.compareAndSet(false, true)) {
        CompletableFuture<Answer> answer = begin(call, token);
        future = answer;
        if (cancelled) {
          answer.cancel(true);
        }
        var unused = answer.whenComplete(this::emit);
      }
    }

    private void emit(Answer result, Throwable error) {
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
      cancelled = true;
      CompletableFuture<Answer> answer = future;
      if (!begun.compareAndSet(false, true) && answer != null) {
        answer.cancel(true);
      }
    }
  }

  @Override
  public Stream<Answer> stream(Call call, CancellationToken token) {
    return Stream.of(call).map(each -> pull(each, token));
  }

  private Answer pull(Call call, CancellationToken token) {
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
