package acme.streams;

import dev.llmretry.LlmRetry;
import dev.llmretry.StreamRetry;
import java.util.Iterator;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

public interface Responses {
  @LlmRetry(stream = StreamRetry.UNTIL_FIRST_ELEMENT)
  Opened<String> opened(String request);

  @LlmRetry(stream = StreamRetry.UNTIL_FIRST_ELEMENT)
  Iterated<String> iterated(String request);

  interface Opened<T> extends Iterable<T>, AutoCloseable {
    Stream<T> stream();

    @Override
    default Iterator<T> iterator() {
      return stream().iterator();
    }

    @Override
    void close();
  }

  interface Iterated<T> extends Iterable<T>, AutoCloseable {
    default Stream<T> stream() {
      return StreamSupport.stream(spliterator(), false);
    }

    @Override
    void close();
  }
}
