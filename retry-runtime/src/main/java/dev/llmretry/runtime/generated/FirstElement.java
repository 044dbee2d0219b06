package dev.llmretry.runtime.generated;

import dev.llmretry.Rejection;
import dev.llmretry.runtime.RejectedResultException;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.internal.util.Closeables;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Reads a stream up to its first element of content, checks what it has read, and returns an
 * equivalent unread stream; closes the resource on failure. Generated code calls it within an
 * attempt, so that failures are retried.
 *
 * <p>A stream may read ahead: one with {@code flatMap} may read all elements to which the first one
 * expands.
 *
 * <p>Each attempt has an instance of its own. Not thread-safe.
 */
public final class FirstElement {

  private final RetryPolicy policy;
  private @Nullable Rejection rejection;
  private @Nullable Object source;

  /**
   * Creates the reader of an attempt.
   *
   * @param policy has the preamble predicate and the check
   */
  public FirstElement(RetryPolicy policy) {
    this.policy = policy;
  }

  /**
   * Reads a stream. The returned stream is sequential; closing it closes the original.
   *
   * @param <T> the elements
   * @param stream the stream that the method returned
   * @return a stream of all elements; null for null
   */
  public <T extends @Nullable Object> @Nullable Stream<T> ofStream(@Nullable Stream<T> stream) {
    return stream == null ? null : ofStream(stream, () -> stream);
  }

  /**
   * Reads the stream of a handle.
   *
   * @param <T> the elements
   * @param handle closed on failure
   * @param opening opens the stream of the handle
   * @return a stream of all elements
   */
  public <T extends @Nullable Object> Stream<T> ofStream(
      AutoCloseable handle, Supplier<? extends Stream<T>> opening) {
    return closingOnFailure(
        handle,
        () -> {
          Stream<T> stream = opening.get();
          Spliterator<T> rest = stream.spliterator();
          Iterator<T> elements = read(handle, Spliterators.iterator(rest));
          int characteristics =
              rest.characteristics() & (Spliterator.ORDERED | Spliterator.NONNULL);
          return StreamSupport.stream(
                  Spliterators.spliteratorUnknownSize(elements, characteristics), false)
              .onClose(stream::close);
        });
  }

  /**
   * Reads an iterator, which is closed on failure if it is closeable.
   *
   * @param <T> the elements
   * @param iterator the iterator that the method returned
   * @return an iterator of all elements; null for null
   */
  public <T extends @Nullable Object> @Nullable Iterator<T> ofIterator(
      @Nullable Iterator<T> iterator) {
    return iterator == null ? null : ofIterator(iterator, () -> iterator);
  }

  /**
   * Reads the iterator of a handle.
   *
   * @param <T> the elements
   * @param handle closed on failure if it is closeable
   * @param opening opens the iterator of the handle
   * @return an iterator of all elements
   */
  public <T extends @Nullable Object> Iterator<T> ofIterator(
      Object handle, Supplier<? extends Iterator<T>> opening) {
    return closingOnFailure(handle, () -> read(handle, opening.get()));
  }

  /**
   * Reads the first iterator of an iterable, which is closed on failure if it is closeable.
   *
   * @param <T> the elements
   * @param iterable the iterable that the method returned
   * @return an iterable that returns that iterator first, then new ones; null for null
   */
  public <T extends @Nullable Object> @Nullable Iterable<T> ofIterable(
      @Nullable Iterable<T> iterable) {
    return iterable == null ? null : ofIterable(iterable, () -> iterable);
  }

  /**
   * Reads the first iterator of the iterable of a handle.
   *
   * @param <T> the elements
   * @param handle closed on failure if it is closeable
   * @param opening opens the iterable of the handle
   * @return an iterable that returns that iterator first, then new ones
   */
  public <T extends @Nullable Object> Iterable<T> ofIterable(
      Object handle, Supplier<? extends Iterable<T>> opening) {
    return closingOnFailure(
        handle,
        () -> {
          Iterable<T> iterable = opening.get();
          return new ReadIterable<>(iterable, read(handle, iterable.iterator()));
        });
  }

  private <T extends @Nullable Object> ReadIterator<T> read(Object handle, Iterator<T> iterator) {
    source = handle;
    List<T> head = new ArrayList<>();
    boolean content = false;
    while (!content && iterator.hasNext()) {
      T element = iterator.next();
      head.add(element);
      rejection = policy.checkElement(element);
      content = rejection != null || !policy.isPreamble(element);
    }
    if (!content) {
      rejection = policy.check(null);
    }
    return new ReadIterator<>(head.iterator(), iterator, handle);
  }

  /**
   * Reports that the check has rejected an element, if it has.
   *
   * @param result what the method returns if no retry follows
   * @throws RejectedResultException if an element was rejected, or their absence
   */
  public void requireAccepted(@Nullable Object result) {
    Rejection found = result == null ? policy.check(null) : rejection;
    if (found != null) {
      throw new RejectedResultException(policy, found, result, source);
    }
  }

  private static <R> R closingOnFailure(Object handle, Supplier<R> reading) {
    try {
      return reading.get();
    } catch (Throwable e) {
      closeFailed(handle);
      throw e;
    }
  }

  private static void closeFailed(Object handle) {
    if (handle instanceof AutoCloseable closeable) {
      Closeables.closeLogging(closeable, "A stream of a failed attempt failed to close");
    }
  }

  /** Closeable, so that a rejected one can be closed. */
  private record ReadIterator<T extends @Nullable Object>(
      Iterator<T> head, Iterator<T> rest, Object handle) implements Iterator<T>, AutoCloseable {

    @Override
    public boolean hasNext() {
      return head.hasNext() || rest.hasNext();
    }

    @Override
    public T next() {
      return head.hasNext() ? head.next() : rest.next();
    }

    @Override
    public void close() {
      closeFailed(handle);
    }
  }

  /** Closeable, so that a rejected one can be closed. */
  private static final class ReadIterable<T extends @Nullable Object>
      implements Iterable<T>, AutoCloseable {

    private final Iterable<T> iterable;
    private final ReadIterator<T> read;
    private final AtomicBoolean isTaken = new AtomicBoolean();

    ReadIterable(Iterable<T> iterable, ReadIterator<T> read) {
      this.iterable = iterable;
      this.read = read;
    }

    @Override
    public Iterator<T> iterator() {
      return isTaken.compareAndSet(false, true) ? read : iterable.iterator();
    }

    @Override
    public void close() {
      read.close();
    }
  }
}
