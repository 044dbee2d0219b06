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
 * Reads streams up to their first element of content, and gives them back as if they had not been.
 * Made for generated code, which does so inside an attempt: what goes wrong is retried. What was
 * opened is closed then.
 *
 * <p>How far a stream is read is for the stream to say: one with {@code flatMap} in it may read all
 * that the first element expands to.
 */
public final class FirstElement {

  private FirstElement() {}

  /**
   * Reads a stream. The one that is returned is sequential, and closes it.
   *
   * @param <T> the elements
   * @param policy tells what is preamble
   * @param stream what the method returned
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
   * @param policy tells what is preamble
   * @param handle closed if that fails
   * @param opening gets the stream from the handle
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
   * Reads an iterator, which is closed on failure if it can be.
   *
   * @param <T> the elements
   * @param policy tells what is preamble
   * @param iterator what the method returned
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
   * @param policy tells what is preamble
   * @param handle closed if that fails and it can be
   * @param opening gets the iterator from the handle
   * @return an iterator of all elements
   */
  public static <T extends @Nullable Object> Iterator<T> ofIterator(
      RetryPolicy policy, Object handle, Supplier<? extends Iterator<T>> opening) {
    return closingOnFailure(handle, () -> read(policy, opening.get()));
  }

  /**
   * Reads the first iterator of something to iterate over, which is closed on failure if it can be.
   *
   * @param <T> the elements
   * @param policy tells what is preamble
   * @param iterable what the method returned
   * @return what gives out that iterator first, and after it new ones; null for null
   */
  public static <T extends @Nullable Object> @Nullable Iterable<T> ofIterable(
      RetryPolicy policy, @Nullable Iterable<T> iterable) {
    return iterable == null ? null : ofIterable(policy, iterable, () -> iterable);
  }

  /**
   * Reads the first iterator of something that a handle gives to iterate over.
   *
   * @param <T> the elements
   * @param policy tells what is preamble
   * @param handle closed if that fails and it can be
   * @param opening gets the iterable from the handle
   * @return what gives out that iterator first, and after it new ones
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
