package acme.streams;

import dev.llmretry.LlmRetry;
import dev.llmretry.StreamRetry;
import dev.llmretry.runtime.CancellationToken;
import java.io.IOException;
import java.util.Iterator;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

public interface Streams {
  @LlmRetry
  Stream<String> opening(String request) throws IOException;

  @LlmRetry
  IntStream numbers(String request);

  @LlmRetry(stream = StreamRetry.UNTIL_FIRST_ELEMENT, preamble = Ping.class)
  Stream<String> stream(String request, CancellationToken cancel) throws IOException;

  @LlmRetry(stream = StreamRetry.UNTIL_FIRST_ELEMENT, attemptTimeoutMs = 5_000)
  Iterator<? extends CharSequence> iterator(String request) throws InterruptedException;

  @LlmRetry(stream = StreamRetry.UNTIL_FIRST_ELEMENT)
  <T extends Number> Iterable<T> iterable(T request);

  @LlmRetry(stream = StreamRetry.UNTIL_FIRST_ELEMENT, preamble = Ping.class)
  Response<String> handle(String handle, String elements);

  @LlmRetry(stream = StreamRetry.UNTIL_FIRST_ELEMENT)
  <T extends Comparable<T>> Stream<T> sorted();

  @LlmRetry(stream = StreamRetry.UNTIL_FIRST_ELEMENT)
  Lines lines(String request);

  @LlmRetry(stream = StreamRetry.UNTIL_FIRST_ELEMENT)
  Events events(String request);

  interface Response<T> extends AutoCloseable {
    Stream<T> stream();

    String header(String name, String... result);

    <X extends Exception> int status(X ifUnknown) throws X;

    @Override
    void close();
  }

  interface Lines extends Iterator<String>, AutoCloseable {
    long count() throws IOException;

    @Override
    void close() throws IOException;
  }

  @SuppressWarnings({"all", "try"})
  interface Events extends Iterable<Integer>, AutoCloseable {}

  final class Ping implements Predicate<CharSequence> {
    Ping() {}

    @Override
    public boolean test(CharSequence text) {
      return text.length() == 0;
    }
  }
}
