package dev.llmretry.runtime;

import dev.llmretry.runtime.internal.Causes;
import java.lang.ref.WeakReference;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Remembers which errors the retries of this thread have given up on lately, so that an outer retry
 * can tell an error that was retried inside its own attempt.
 *
 * <p>A mark on the exception would not do: exceptions are shared by calls and threads, and some do
 * not take one. Hence each thread keeps its own, and each is numbered: those from before the
 * attempt mean nothing. Only classes of the JDK are reachable from a thread through this, and
 * errors only weakly, so that a pooled thread keeps neither errors nor class loaders alive.
 */
final class GiveUps {

  /** An attempt may swallow some of its inner retries' errors before it throws an older one. */
  private static final int REMEMBERED = 32;

  private static final AtomicLong SEQUENCE = new AtomicLong();

  private static final ThreadLocal<ArrayDeque<Map.Entry<Long, WeakReference<Throwable>>>> RECENT =
      new ThreadLocal<>();

  /** What is being handed on by this thread right now, the innermost; removed when that ends. */
  private static final ThreadLocal<Delivery> DELIVERING = new ThreadLocal<>();

  private GiveUps() {}

  /**
   * Returns a moment: what this thread gives up on from now on is {@linkplain #since later}, and so
   * is what other threads do that hear of it from this one. A plain read will do for both.
   */
  static long now() {
    return SEQUENCE.getPlain();
  }

  /** Notes that a retry on this thread gives up on {@code error}. */
  static void add(Throwable error) {
    ArrayDeque<Map.Entry<Long, WeakReference<Throwable>>> recent = RECENT.get();
    if (recent == null) {
      recent = new ArrayDeque<>(REMEMBERED);
      RECENT.set(recent);
    } else if (recent.size() == REMEMBERED) {
      recent.removeLast();
    }
    recent.addFirst(Map.entry(SEQUENCE.incrementAndGet(), new WeakReference<>(error)));
  }

  /** Returns whether a retry on this thread gave up on {@code error} or a cause after a moment. */
  static boolean since(long moment, Throwable error) {
    ArrayDeque<Map.Entry<Long, WeakReference<Throwable>>> recent = RECENT.get();
    if (recent == null) {
      return false;
    }
    for (Map.Entry<Long, WeakReference<Throwable>> entry : recent) { // the latest first
      if (entry.getKey() <= moment) {
        return false;
      }
      if (Causes.find(error, cause -> entry.getValue().refersTo(cause)) != null) {
        return true;
      }
    }
    return false;
  }

  /** Hands on an error that a retry without a thread of its own has given up on. */
  static void deliver(Throwable error, Runnable delivery) {
    Delivery outer = DELIVERING.get();
    DELIVERING.set(new Delivery(error, SEQUENCE.incrementAndGet(), outer));
    try {
      delivery.run();
    } finally {
      if (outer == null) {
        DELIVERING.remove();
      } else {
        DELIVERING.set(outer);
      }
    }
  }

  /** Returns whether this thread is handing on anything. */
  static boolean isDelivering() {
    return DELIVERING.get() != null;
  }

  /**
   * Returns whether this thread is handing on {@code error}, or one of its causes, and began to
   * after a moment.
   */
  static boolean isBeingDelivered(Throwable error, long moment) {
    for (Delivery current = DELIVERING.get();
        current != null && current.number() > moment;
        current = current.outer()) {
      Throwable delivered = current.error();
      if (Causes.find(error, cause -> cause == delivered) != null) {
        return true;
      }
    }
    return false;
  }

  private record Delivery(Throwable error, long number, @Nullable Delivery outer) {}
}
