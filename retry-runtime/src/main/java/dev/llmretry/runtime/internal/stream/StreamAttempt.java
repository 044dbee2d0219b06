package dev.llmretry.runtime.internal.stream;

import dev.llmretry.runtime.RejectedResultException;
import dev.llmretry.runtime.internal.execution.AttemptScope;
import dev.llmretry.runtime.internal.execution.RetryExecution;
import dev.llmretry.runtime.internal.upstream.Ticket;
import dev.llmretry.runtime.internal.util.Log;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The scope of an attempt that emits elements. It receives the signals of the attempt's source,
 * from any thread; those after its end are dropped.
 *
 * @param <E> the elements
 */
public final class StreamAttempt<E> extends AttemptScope {

  static final long UNBOUNDED = Long.MAX_VALUE;

  private final RetryStream<E> stream;

  /** Accessed in the serial section. */
  final PreambleBuffer<E> buffer;

  /** The ticket with which it was admitted by the upstream. */
  final @Nullable Ticket ticket;

  private final boolean isHedge;

  /**
   * The subscription, if there is one: set once, within the serial section. Other threads see it
   * after they have read {@link #owed}.
   */
  @Nullable Subscription subscription;

  /**
   * The number of elements that have been requested and have not arrived; accessed in the serial
   * section.
   */
  long outstanding;

  /**
   * The number of elements of the request in progress and those that wait for it. Requests are made
   * serially (Reactive Streams, rule 2.7), each by the thread that made the one before, until this
   * is 0.
   */
  private final AtomicLong requesting = new AtomicLong();

  /**
   * The first request of such a series, until a thread that has left the serial section makes it.
   */
  private final AtomicLong owed = new AtomicLong();

  StreamAttempt(
      RetryStream<E> stream, RetryExecution execution, PreambleBuffer<E> buffer, boolean isHedge) {
    super(execution);
    this.stream = stream;
    this.buffer = buffer;
    this.ticket = execution.lastTicket();
    this.isHedge = isHedge;
  }

  @Override
  public boolean isHedge() {
    return isHedge;
  }

  /**
   * Receives the subscription of the attempt. Without one, elements are not requested and may
   * arrive at any time.
   */
  public void onSubscribe(Subscription opened) {
    stream.execute(() -> stream.onSubscribe(this, opened));
  }

  /**
   * Receives an element, which is held back if the policy's predicate recognises it as preamble and
   * no content has arrived.
   */
  public void onNext(E element) {
    onNext(element, isPreamble(element), reject(element));
  }

  /** Receives the only result of the attempt, which has ended, and checks it. */
  public void onResult(E result) {
    onOutcome(result, hasEnded() ? null : stream.rejectResult(result));
  }

  /**
   * Returns whether an element precedes the content; the policy is not asked about what follows.
   */
  public boolean isPreamble(@Nullable Object element) {
    return !isEmitting() && stream.isPreamble(element);
  }

  /**
   * Returns the error if the check rejects an element, else null; the policy is not asked about
   * what follows the first element of content.
   */
  public @Nullable RejectedResultException reject(@Nullable Object element) {
    return isEmitting() ? null : stream.reject(element);
  }

  /**
   * Receives an element that stands for another one, which the policy has already examined.
   *
   * @param preamble whether it is preamble
   * @param rejected the error if its check has rejected it, or null
   */
  public void onNext(E element, boolean preamble, @Nullable RejectedResultException rejected) {
    stream.onNext(this, element, preamble, rejected);
  }

  /** Receives the completion of the attempt. */
  public void onComplete() {
    stream.execute(() -> stream.onComplete(this, null));
  }

  /**
   * Receives the completion, and an action that follows the last element, so that no other event
   * comes between.
   */
  public void onComplete(E action) {
    stream.execute(() -> stream.onComplete(this, action));
  }

  /**
   * Receives the only result of the attempt, which has ended.
   *
   * @param rejected the error if the check has rejected it, or null
   */
  public void onOutcome(E result, @Nullable RejectedResultException rejected) {
    stream.execute(() -> stream.onOutcome(this, result, rejected));
  }

  /** Receives the failure of the attempt. */
  public void onError(Throwable error) {
    onError(error, wasRetried(error));
  }

  /**
   * Receives the failure of the attempt.
   *
   * @param wasRetried whether a nested retry exhausted its attempts on the error
   */
  public void onError(Throwable error, boolean wasRetried) {
    stream.execute(() -> stream.onError(this, error, wasRetried));
  }

  @Override
  protected void onTimedOut() {
    stream.execute(() -> stream.onTimedOut(this));
  }

  /** Requests more elements, once the serial section has been left, until so many are to come. */
  void requestUpTo(long wanted) {
    if (subscription != null && wanted > outstanding) {
      owe(wanted == UNBOUNDED ? UNBOUNDED : wanted - outstanding);
      outstanding = wanted;
    }
  }

  private void owe(long elements) {
    if (requesting.getAndAccumulate(elements, StreamAttempt::addCapped) == 0) {
      owed.lazySet(elements); // seen by the thread that leaves the section next
    }
  }

  static long addCapped(long some, long more) {
    return more >= UNBOUNDED - some ? UNBOUNDED : some + more;
  }

  /** Makes the requests that are owed. The elements may arrive before {@code request} returns. */
  void requestOwed() {
    long elements = owed.get() == 0 ? 0 : owed.getAndSet(0);
    while (elements != 0) {
      request(elements);
      elements = requesting.addAndGet(-elements);
    }
  }

  private void request(long elements) {
    Subscription source = subscription;
    if (source == null || hasEnded()) {
      return;
    }
    try {
      source.request(elements);
    } catch (Throwable e) {
      stream.execute(() -> stream.onError(this, e, false));
    }
  }

  @Override
  public void cancel() {
    super.cancel();
    Subscription source = subscription;
    if (source != null) {
      cancelLogging(source);
    }
  }

  /** Cancels the attempt, and drops its preamble. To be called in the serial section. */
  void abandon() {
    cancel();
    stream.dropAll(buffer);
  }

  static void cancelLogging(Subscription subscription) {
    try {
      subscription.cancel();
    } catch (Throwable e) {
      Log.warning("A subscription failed to be cancelled", e);
    }
  }
}
