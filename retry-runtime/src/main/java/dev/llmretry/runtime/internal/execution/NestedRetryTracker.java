package dev.llmretry.runtime.internal.execution;

import dev.llmretry.runtime.RejectedResultException;
import dev.llmretry.runtime.internal.util.Throwables;
import java.lang.ref.WeakReference;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Determines whether the error of an attempt was already retried by a nested retry.
 *
 * <p>Exceptions cannot be marked: they may be shared by calls and threads, and some do not accept
 * suppressed exceptions. So each thread records the errors on which its retries were exhausted,
 * each with a sequence number; an attempt ignores those recorded before it started. The records of
 * a thread are instances of JDK classes, and refer to errors weakly, so that a pooled thread keeps
 * neither errors nor class loaders alive.
 */
public final class NestedRetryTracker {

  /**
   * More than one, since an attempt may throw an error that is not that of its latest nested retry.
   */
  private static final int MAX_REMEMBERED = 32;

  private static final AtomicLong SEQUENCE = new AtomicLong();

  private static final ThreadLocal<ArrayDeque<Map.Entry<Long, WeakReference<Object>>>> RECENT =
      new ThreadLocal<>();

  /** The innermost terminal error that the current thread is emitting; removed afterwards. */
  private static final ThreadLocal<Emission> EMITTING = new ThreadLocal<>();

  private NestedRetryTracker() {}

  /**
   * Returns the current sequence number, for {@link #wasRetriedSince}. Errors recorded later, by
   * this thread or one that synchronizes with it, get a higher number; a plain read is sufficient
   * for that.
   */
  public static long sequence() {
    return SEQUENCE.getPlain();
  }

  /**
   * Returns the object by which an outcome is recognised: a rejected result, since the check of
   * each retry makes an exception of its own; else the error.
   */
  static Object identityOf(Throwable error) {
    Object result = error instanceof RejectedResultException rejected ? rejected.result() : null;
    return result == null ? error : result;
  }

  /**
   * Records that a retry on this thread throws {@code error}, or returns its rejected result, with
   * its retries exhausted.
   */
  static void recordExhausted(Throwable error) {
    ArrayDeque<Map.Entry<Long, WeakReference<Object>>> recent = RECENT.get();
    if (recent == null) {
      recent = new ArrayDeque<>(MAX_REMEMBERED);
      RECENT.set(recent);
    } else if (recent.size() == MAX_REMEMBERED) {
      recent.removeLast();
    }
    recent.addFirst(Map.entry(SEQUENCE.incrementAndGet(), new WeakReference<>(identityOf(error))));
  }

  /**
   * Returns whether a retry was exhausted on an error that arrives on this thread, or on one of its
   * causes, after {@code sequence}: it is emitting the error, or has thrown it, on this thread.
   */
  public static boolean wasRetriedSince(long sequence, Throwable error) {
    return isEmitting(error, sequence) || wasThrownSince(sequence, error);
  }

  /**
   * Returns whether a retry threw {@code error}, or one of its causes, on this thread after {@code
   * sequence}.
   */
  static boolean wasThrownSince(long sequence, Throwable error) {
    ArrayDeque<Map.Entry<Long, WeakReference<Object>>> recent = RECENT.get();
    if (recent == null) {
      return false;
    }
    for (Map.Entry<Long, WeakReference<Object>> entry : recent) { // the latest first
      if (entry.getKey() <= sequence) {
        return false;
      }
      if (Throwables.find(error, cause -> entry.getValue().refersTo(identityOf(cause))) != null) {
        return true;
      }
    }
    return false;
  }

  /** Emits the terminal error of an asynchronous retry whose retries are exhausted. */
  static void withTerminalError(Throwable error, Runnable emission) {
    Emission outer = EMITTING.get();
    try {
      EMITTING.set(new Emission(error, SEQUENCE.incrementAndGet(), outer));
    } catch (Throwable e) {
      // If the error is not recorded, an outer call may retry it; if it is not emitted, no call
      // ends.
      emission.run();
      return;
    }
    try {
      emission.run();
    } finally {
      if (outer == null) {
        EMITTING.remove();
      } else {
        EMITTING.set(outer);
      }
    }
  }

  /** Returns whether a retry is emitting its terminal error on this thread. */
  public static boolean isEmitting() {
    return EMITTING.get() != null;
  }

  /**
   * Returns whether a retry is emitting this error, or one of its causes, on this thread. For
   * callers without the sequence number of their attempt; others use {@link #wasRetriedSince}.
   */
  public static boolean isEmitting(Throwable error) {
    return isEmitting(error, Long.MIN_VALUE);
  }

  private static boolean isEmitting(Throwable error, long sequence) {
    for (Emission current = EMITTING.get();
        current != null && current.number() > sequence;
        current = current.outer()) {
      Object emitted = identityOf(current.error());
      if (Throwables.find(error, cause -> identityOf(cause) == emitted) != null) {
        return true;
      }
    }
    return false;
  }

  private record Emission(Throwable error, long number, @Nullable Emission outer) {}
}
