package dev.llmretry.runtime.internal.stream;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Holds back the preamble of a stream: the elements before its content. They are emitted when the
 * first element of content arrives, or at the end of a stream without content; if the attempt fails
 * before, they are dropped. Not thread-safe.
 *
 * @param <E> the elements, or what emits them; not null
 */
public final class PreambleBuffer<E> {

  private @Nullable ArrayDeque<E> held;
  private boolean released;

  /** Makes an empty buffer. */
  public PreambleBuffer() {}

  /**
   * Holds back an element, if it is to wait.
   *
   * @param element the element
   * @param preamble whether the element precedes the content
   * @return whether it waits here; if not, it is the turn of what is held back, then of the element
   */
  public boolean holdBack(E element, boolean preamble) {
    if (released || !preamble) {
      released = true;
      return false;
    }
    add(element);
    return true;
  }

  /**
   * Adds an element behind those that are held back.
   *
   * @param element the element
   */
  public void add(E element) {
    if (held == null) {
      held = new ArrayDeque<>();
    }
    held.add(element);
  }

  /** Releases a preamble that no content follows. */
  public void release() {
    released = true;
  }

  /** {@return whether the preamble is over} */
  public boolean isReleased() {
    return released;
  }

  /** {@return the next element that is held back, which is removed; null if there is none} */
  public @Nullable E poll() {
    return held == null ? null : held.poll();
  }

  /** {@return whether nothing is held back} */
  public boolean isEmpty() {
    return held == null || held.isEmpty();
  }

  /** Drops what is held back, and begins anew. */
  public void reset() {
    held = null;
    released = false;
  }
}
