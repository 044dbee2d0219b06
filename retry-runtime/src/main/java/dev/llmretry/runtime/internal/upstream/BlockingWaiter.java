package dev.llmretry.runtime.internal.upstream;

import dev.llmretry.runtime.CancellationSource;
import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.GiveUpReason;
import dev.llmretry.runtime.internal.time.Durations;
import dev.llmretry.runtime.internal.util.SneakyThrow;
import org.jspecify.annotations.Nullable;

/**
 * A call that waits on its own thread. The leader sleeps on the clock, because an auto-advancing
 * virtual clock advances only while a thread sleeps; the others only wait to be woken.
 */
public final class BlockingWaiter extends Waiter {

  /** See JEP 444; the language level does not know virtual threads. */
  private static final String GROUP_OF_VIRTUAL_THREADS = "VirtualThreads";

  private final CancellationToken token;
  private final boolean blocksPlatformThread;
  private volatile @Nullable CancellationSource wakeUp;
  private volatile boolean isDone;
  private volatile @Nullable GiveUpReason reason;
  private volatile @Nullable Throwable rejection;
  private long leadNanos = Durations.UNLIMITED;
  private long leadAt;

  /**
   * Creates a waiter.
   *
   * @param call the call
   * @param token cancels the call
   */
  public BlockingWaiter(Candidate call, CancellationToken token) {
    super(call);
    this.token = token;
    ThreadGroup group = Thread.currentThread().getThreadGroup();
    this.blocksPlatformThread = group == null || !group.getName().equals(GROUP_OF_VIRTUAL_THREADS);
  }

  /** Returns whether the thread is not virtual: a server has only so many of those. */
  boolean blocksPlatformThread() {
    return blocksPlatformThread;
  }

  /**
   * Waits on this thread until the call is admitted, refused, or cancelled by its token. Exceptions
   * of the clock are rethrown.
   *
   * @return why the call was refused; null if it was admitted or cancelled
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  public @Nullable GiveUpReason await() throws InterruptedException {
    try {
      return switch (call.requestAdmission(this)) {
        case ADMITTED -> null;
        case REFUSED -> refusal();
        case WAITING -> sleep();
      };
    } finally {
      close();
    }
  }

  @Nullable GiveUpReason sleep() throws InterruptedException {
    while (true) {
      detachWakeUp();
      CancellationSource source = CancellationSource.childOf(token);
      wakeUp = source; // before the fields are read: see wake
      if (isDone || token.isCancelled()) {
        if (rejection != null) {
          throw SneakyThrow.<RuntimeException>of(rejection);
        }
        return reason;
      }
      long nanos = takeLeadNanos();
      if (nanos == Durations.UNLIMITED) {
        clock().await(source.token());
      } else {
        clock().sleep(nanos, source.token());
        advance();
      }
    }
  }

  /** Several threads may tell when this call is to lead, in any order: the earliest time counts. */
  private synchronized void leadAfter(long nanos, long at) {
    if (leadNanos == Durations.UNLIMITED || at - leadAt < 0) {
      leadNanos = nanos;
      leadAt = at;
    }
  }

  private synchronized long takeLeadNanos() {
    long nanos = leadNanos;
    leadNanos = Durations.UNLIMITED;
    return nanos;
  }

  /** Ends the sleep of the thread, after a field has been written. */
  private void wake() {
    CancellationSource source = wakeUp;
    if (source != null) {
      source.cancel();
    }
  }

  private void detachWakeUp() {
    CancellationSource source = wakeUp;
    if (source != null) {
      source.detach();
    }
  }

  @Override
  public void close() {
    super.close();
    detachWakeUp();
  }

  @Override
  void stopTimer() {
    var unused = takeLeadNanos();
    super.stopTimer();
  }

  @Override
  protected void onAdmitted() {
    isDone = true;
    wake();
  }

  @Override
  protected void onRefused(GiveUpReason refusal) {
    reason = refusal;
    onAdmitted();
  }

  @Override
  protected void onRejected(Throwable rejected) {
    rejection = rejected;
    onAdmitted();
  }

  @Override
  void onTimer(long nanos, long at, boolean leads) {
    if (leads) {
      leadAfter(nanos, at);
      wake();
    } else {
      super.onTimer(nanos, at, false);
    }
  }
}
