package dev.llmretry.runtime.generated;

import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.internal.util.Closeables;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Reads a stream up to its first element of content, and returns an equivalent unread stream;
 * closes the resource on failure. Generated code calls it within an attempt, so that failures are
 * retried.
 *
 * <p>A stream may read ahead: one with {@code flatMap} may read all elements to which the first one
 * expands.
 */
public final class FirstElement {

  private FirstElement() {}

  /**
   * Reads a stream. The returned stream is sequential; closing it closes the original.
   *
   * @param <T> the elements
   * @param policy has the preamble predicate
   * @param stream the stream that the method returned
   * @return a stream of all elements; null for null
   */
  public static <T extends @Nullable Object> @Nullable Stream<T> ofStream(
      RetryPolicy policy, @Nullable Stream<T> stream) {
    return stream == null ? null : ofStream(policy, stream, () -> stream);
  }

  /**
   * Reads the stream of a handle.
   *
   * @param <T> the elements
   * @param policy has the preamble predicate
   * @param handle closed on failure
   * @param opening opens the stream of the handle
   * @return a stream of all elements
   */
  public static <T extends @Nullable Object> Stream<T> ofStream(
      RetryPolicy policy, AutoCloseable handle, Supplier<? extends Stream<T>> opening) {
    return closingOnFailure(
        handle,
        () -> {
          Stream<T> stream = opening.get();
          Spliterator<T> rest = stream.spliterator();
          Iterator<T> elements = read(policy, Spliterators.iterator(rest));
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
   * @param policy has the preamble predicate
   * @param iterator the iterator that the method returned
   * @return an iterator of all elements; null for null
   */
  public static <T extends @Nullable Object> @Nullable Iterator<T> ofIterator(
      RetryPolicy policy, @Nullable Iterator<T> iterator) {
    return iterator == null ? null : ofIterator(policy, iterator, () -> iterator);
  }

  /**
   * Reads the iterator of a handle.
   *
   * @param <T> the elements
   * @param policy has the preamble predicate
   * @param handle closed on failure if it is closeable
   * @param opening opens the iterator of the handle
   * @return an iterator of all elements
   */
  public static <T extends @Nullable Object> Iterator<T> ofIterator(
      RetryPolicy policy, Object handle, Supplier<? extends Iterator<T>> opening) {
    return closingOnFailure(handle, () -> read(policy, opening.get()));
  }

  /**
   * Reads the first iterator of an iterable, which is closed on failure if it is closeable.
   *
   * @param <T> the elements
   * @param policy has the preamble predicate
   * @param iterable the iterable that the method returned
   * @return an iterable that returns that iterator first, then new ones; null for null
   */
  public static <T extends @Nullable Object> @Nullable Iterable<T> ofIterable(
      RetryPolicy policy, @Nullable Iterable<T> iterable) {
    return iterable == null ? null : ofIterable(policy, iterable, () -> iterable);
  }

  /**
   * Reads the first iterator of the iterable of a handle.
   *
   * @param <T> the elements
   * @param policy has the preamble predicate
   * @param handle closed on failure if it is closeable
   * @param opening opens the iterable of the handle
   * @return an iterable that returns that iterator first, then new ones
   */
  public static <T extends @Nullable Object> Iterable<T> ofIterable(
      RetryPolicy policy, Object handle, Supplier<? extends Iterable<T>> opening) {
    return closingOnFailure(
        handle,
        () -> {
          Iterable<T> iterable = opening.get();
          return new ReadIterable<>(iterable, read(policy, iterable.iterator()));
        });
  }

  private static <T extends @Nullable Object> Iterator<T> read(
      RetryPolicy policy, Iterator<T> iterator) {
    List<T> head = new ArrayList<>();
    boolean content = false;
    while (!content && iterator.hasNext()) {
      T element = iterator.next();
      head.add(element);
      content = !policy.isPreamble(element);
    }
    return new ReadIterator<>(head.iterator(), iterator);
  }

  private static <R> R closingOnFailure(Object handle, Supplier<R> reading) {
    try {
      return reading.get();
    } catch (Throwable e) {
      if (handle instanceof AutoCloseable closeable) {
        Closeables.closeLogging(closeable, "A stream of a failed attempt failed to close");
      }
      throw e;
    }
  }

  private record ReadIterator<T extends @Nullable Object>(Iterator<T> head, Iterator<T> rest)
      implements Iterator<T> {

    @Override
    public boolean hasNext() {
      return head.hasNext() || rest.hasNext();
    }

    @Override
    public T next() {
      return head.hasNext() ? head.next() : rest.next();
    }
  }

  private static final class ReadIterable<T extends @Nullable Object> implements Iterable<T> {

    private final Iterable<T> iterable;
    private final AtomicReference<@Nullable Iterator<T>> first;

    ReadIterable(Iterable<T> iterable, Iterator<T> first) {
      this.iterable = iterable;
      this.first = new AtomicReference<>(first);
    }

    @Override
    public Iterator<T> iterator() {
      Iterator<T> read = first.getAndSet(null);
      return read == null ? iterable.iterator() : read;
    }
  }
}
