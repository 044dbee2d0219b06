package dev.llmretry.runtime.internal.execution;

import dev.llmretry.runtime.internal.util.Throwables;
import java.lang.ref.WeakReference;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Tells a retry whether the error of its attempt was already retried by a retry further inside.
 *
 * <p>A mark on the exception would not do: exceptions are shared by calls and threads, and some
 * cannot carry one. So each thread remembers the errors that its retries gave up on, each with a
 * sequence number; those from before an attempt do not count for it. Only classes of the JDK are
 * reachable from a thread through this, and errors only weakly, so that a pooled thread keeps
 * neither errors nor class loaders alive.
 */
public final class NestedRetryTracker {

  /** An attempt may swallow some of its inner retries' errors before it throws an older one. */
  private static final int MAX_REMEMBERED = 32;

  private static final AtomicLong SEQUENCE = new AtomicLong();

  private static final ThreadLocal<ArrayDeque<Map.Entry<Long, WeakReference<Throwable>>>> RECENT =
      new ThreadLocal<>();

  /** The terminal error that this thread is emitting, the innermost; removed afterwards. */
  private static final ThreadLocal<Emission> EMITTING = new ThreadLocal<>();

  private NestedRetryTracker() {}

  /**
   * Returns the sequence number of now, for {@link #wasRetriedSince}. What this thread gives up on
   * from now on is later, and so is what other threads give up on that learn of it from this one: a
   * plain read is enough for both.
   */
  public static long sequence() {
    return SEQUENCE.getPlain();
  }

  /** Records that a retry on this thread throws {@code error}, with its retries exhausted. */
  static void recordExhausted(Throwable error) {
    ArrayDeque<Map.Entry<Long, WeakReference<Throwable>>> recent = RECENT.get();
    if (recent == null) {
      recent = new ArrayDeque<>(MAX_REMEMBERED);
      RECENT.set(recent);
    } else if (recent.size() == MAX_REMEMBERED) {
      recent.removeLast();
    }
    recent.addFirst(Map.entry(SEQUENCE.incrementAndGet(), new WeakReference<>(error)));
  }

  /**
   * Returns whether an error that arrives on this thread, or one of its causes, is one that a retry
   * gave up on after {@code sequence}: it is emitting it just now, or has thrown it on this thread.
   */
  public static boolean wasRetriedSince(long sequence, Throwable error) {
    return isEmitting(error, sequence) || wasThrownSince(sequence, error);
  }

  /** Returns whether a retry threw {@code error}, or a cause of it, on this thread. */
  static boolean wasThrownSince(long sequence, Throwable error) {
    ArrayDeque<Map.Entry<Long, WeakReference<Throwable>>> recent = RECENT.get();
    if (recent == null) {
      return false;
    }
    for (Map.Entry<Long, WeakReference<Throwable>> entry : recent) { // the latest first
      if (entry.getKey() <= sequence) {
        return false;
      }
      if (Throwables.find(error, cause -> entry.getValue().refersTo(cause)) != null) {
        return true;
      }
    }
    return false;
  }

  /** Emits the terminal error of an asynchronous retry whose retries are exhausted. */
  static void withTerminalError(Throwable error, Runnable emission) {
    Emission outer = EMITTING.get();
    EMITTING.set(new Emission(error, SEQUENCE.incrementAndGet(), outer));
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
   * Returns whether a retry is emitting this error, or one of its causes, on this thread. For those
   * that do not know when their attempt began; else {@link #wasRetriedSince} tells more.
   */
  public static boolean isEmitting(Throwable error) {
    return isEmitting(error, Long.MIN_VALUE);
  }

  private static boolean isEmitting(Throwable error, long sequence) {
    for (Emission current = EMITTING.get();
        current != null && current.number() > sequence;
        current = current.outer()) {
      Throwable emitted = current.error();
      if (Throwables.find(error, cause -> cause == emitted) != null) {
        return true;
      }
    }
    return false;
  }

  private record Emission(Throwable error, long number, @Nullable Emission outer) {}
}
