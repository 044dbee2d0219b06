package dev.llmretry.runtime.generated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmretry.runtime.CapturedLog;
import dev.llmretry.runtime.RetryPolicy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Spliterator;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class FirstElementTest {

  private static final RetryPolicy POLICY =
      RetryPolicy.builder("stream").preamble((Predicate<String>) String::isEmpty).build();

  @RegisterExtension final CapturedLog log = new CapturedLog();

  private final List<String> read = new ArrayList<>();
  private final List<String> closed = new ArrayList<>();

  private Stream<String> stream(String... elements) {
    return Stream.of(elements).peek(read::add).onClose(() -> closed.add("stream"));
  }

  @Test
  void aStreamIsReadUpToItsFirstElementOfContentAndLosesNone() {
    Stream<String> stream = new FirstElement(POLICY).ofStream(stream("", "", "one", "two"));
    assertThat(read).containsExactly("", "", "one");
    assertThat(closed).isEmpty();
    assertThat(stream.toList()).containsExactly("", "", "one", "two");
    stream.close();
    assertThat(closed).containsExactly("stream");
  }

  @Test
  void aStreamIsInOrderAsBeforeButOfUnknownSize() {
    var rest = new FirstElement(POLICY).ofStream(List.of("one", "two").stream()).spliterator();
    assertThat(rest.hasCharacteristics(Spliterator.ORDERED)).isTrue();
    assertThat(rest.hasCharacteristics(Spliterator.SIZED)).isFalse();
    assertThat(rest.hasCharacteristics(Spliterator.NONNULL)).isFalse();
  }

  @Test
  void emptyStreamsAndThoseOfPreambleAloneStayWhatTheyAre() {
    assertThat(new FirstElement(POLICY).ofStream(stream())).isEmpty();
    assertThat(new FirstElement(POLICY).ofStream(stream("", ""))).containsExactly("", "");
    assertThat(new FirstElement(POLICY).ofIterator(List.<String>of().iterator()).hasNext())
        .isFalse();
  }

  @Test
  void nullIsAnElementAndNoStreamIsNone() {
    assertThat(new FirstElement(POLICY).ofStream(stream(null, "x"))).containsExactly(null, "x");
    assertThat(new FirstElement(POLICY).ofStream((Stream<String>) null)).isNull();
    assertThat(new FirstElement(POLICY).ofIterator((Iterator<String>) null)).isNull();
    assertThat(new FirstElement(POLICY).ofIterable((Iterable<String>) null)).isNull();
  }

  @Test
  void whatFailsBeforeContentIsClosedAndThrown() {
    var error = new IllegalStateException("overloaded");
    Stream<String> failing =
        stream("", "x")
            .peek(
                element -> {
                  if (element.equals("x")) {
                    throw error;
                  }
                });
    assertThatThrownBy(() -> new FirstElement(POLICY).ofStream(failing)).isSameAs(error);
    assertThat(closed).containsExactly("stream");
  }

  @Test
  void whatFailsToCloseIsNoMatterOfTheError() {
    var error = new IllegalStateException("overloaded");
    AutoCloseable handle =
        () -> {
          throw new InterruptedException("while it was closed");
        };
    assertThatThrownBy(
            () ->
                new FirstElement(POLICY)
                    .ofStream(
                        handle,
                        () -> {
                          throw error;
                        }))
        .isSameAs(error)
        .hasNoSuppressedExceptions();
    assertThat(Thread.interrupted()).as("kept").isTrue();
    assertThat(log.warnings()).containsExactly("A stream of a failed attempt failed to close");
  }

  @Test
  void anIteratorIsReadOnceAndGoesOn() {
    Iterator<String> rest = Arrays.asList("", "one", "two").iterator();
    Iterator<String> iterator = new FirstElement(POLICY).ofIterator(rest);
    assertThat(rest.next()).isEqualTo("two");
    assertThat(iterator.next()).isEmpty();
    assertThat(iterator.next()).isEqualTo("one");
    assertThat(iterator.hasNext()).isFalse();
  }

  @Test
  void theFirstIteratorOfAnIterableIsTheOneThatWasRead() {
    List<Integer> opened = new ArrayList<>();
    Iterable<String> iterable =
        () -> {
          opened.add(1);
          return List.of("one", "two").iterator();
        };
    Iterable<String> retried = new FirstElement(POLICY).ofIterable(iterable);
    assertThat(opened).hasSize(1);
    assertThat(retried).containsExactly("one", "two");
    assertThat(opened).hasSize(1);
    assertThat(retried).containsExactly("one", "two");
    assertThat(opened).hasSize(2);
  }
}
