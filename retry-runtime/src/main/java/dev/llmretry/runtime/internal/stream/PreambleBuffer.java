package dev.llmretry.runtime.internal.stream;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Holds back the preamble of a stream: the elements before its content. They are emitted when the
 * first element of content arrives, or at the end of a stream without content; if the attempt fails
 * before, they are dropped. Not thread-safe.
 *
 * @param <E> the elements, or actions that emit them; not null
 */
public final class PreambleBuffer<E> {

  private @Nullable ArrayDeque<E> held;
  private boolean released;

  /** Creates an empty buffer. */
  public PreambleBuffer() {}

  /**
   * Holds back an element of the preamble; releases the buffer at the first element of content.
   *
   * @param element the element
   * @param preamble whether the element is preamble
   * @return whether the element was added; if not, emit the elements of this buffer, then this one
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
   * Adds an element after those that are held back.
   *
   * @param element the element
   */
  public void add(E element) {
    if (held == null) {
      held = new ArrayDeque<>();
    }
    held.add(element);
  }

  /** Releases the preamble of a stream without content. */
  public void release() {
    released = true;
  }

  /** {@return whether the preamble has been released} */
  public boolean isReleased() {
    return released;
  }

  /** {@return and removes the next element that is held back; null if there is none} */
  public @Nullable E poll() {
    return held == null ? null : held.poll();
  }

  /** {@return whether nothing is held back} */
  public boolean isEmpty() {
    return held == null || held.isEmpty();
  }

  /** Drops the elements, and holds back again. */
  public void reset() {
    held = null;
    released = false;
  }
}
