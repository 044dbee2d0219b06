package dev.llmretry.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmretry.runtime.internal.cancellation.LinkedToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CancellationSourceTest {

  private final CancellationSource source = new CancellationSource();
  private final List<String> events = new ArrayList<>();

  @Test
  void aTokenIsCancelledOnceAndForGood() {
    assertThat(source.isCancelled()).isFalse();
    source.token().throwIfCancelled();
    source.cancel();
    source.cancel();
    assertThat(source.isCancelled()).isTrue();
    assertThatThrownBy(() -> source.token().throwIfCancelled())
        .isInstanceOf(CancelledException.class);
  }

  @Test
  void actionsRunOnceInTheOrderOfTheirRegistration() {
    source.token().onCancel(() -> events.add("first"));
    source.token().onCancel(() -> events.add("second"));
    source.token().onCancel(() -> events.add("third"));
    source.cancel();
    source.cancel();
    assertThat(events).containsExactly("first", "second", "third");
  }

  @Test
  void aClosedRegistrationDoesNotRun() {
    source.token().onCancel(() -> events.add("first"));
    Registration second = source.token().onCancel(() -> events.add("second"));
    source.token().onCancel(() -> events.add("third"));
    second.close();
    second.close();
    source.cancel();
    assertThat(events).containsExactly("first", "third");
  }

  @Test
  void allButTheClosedRunWhateverTheOrderOfClosing() {
    List<Registration> registrations = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      String name = "" + i;
      registrations.add(source.token().onCancel(() -> events.add(name)));
    }
    registrations.get(5).close();
    registrations.get(0).close();
    registrations.get(2).close();
    registrations.get(3).close();
    source.token().onCancel(() -> events.add("late"));
    source.cancel();
    assertThat(events).containsExactly("1", "4", "late");
  }

  @Test
  void anActionMayCloseAnotherBeforeItRuns() {
    List<Registration> later = new ArrayList<>();
    source
        .token()
        .onCancel(
            () -> {
              events.add("first");
              later.forEach(Registration::close);
            });
    later.add(source.token().onCancel(() -> events.add("second")));
    source.token().onCancel(() -> events.add("third"));
    source.cancel();
    assertThat(events).containsExactly("first", "third");
  }

  @Test
  void anActionRegisteredTooLateRunsAtOnce() {
    source.cancel();
    Registration registration = source.token().onCancel(() -> events.add("at once"));
    assertThat(events).containsExactly("at once");
    registration.close();
  }

  @Test
  void anActionRegisteredByAnActionRuns() {
    source.token().onCancel(() -> source.token().onCancel(() -> events.add("inner")));
    source.cancel();
    assertThat(events).containsExactly("inner");
  }

  @Test
  void anActionThatThrowsDoesNotKeepOthersFromRunning() {
    source
        .token()
        .onCancel(
            () -> {
              throw new IllegalStateException("on purpose");
            });
    source
        .token()
        .onCancel(
            () -> {
              throw new AssertionError("on purpose");
            });
    source
        .token()
        .onCancel(
            () -> CancellationSourceTest.<RuntimeException>sneak(new IOException("on purpose")));
    source
        .token()
        .onCancel(
            () ->
                CancellationSourceTest.<RuntimeException>sneak(
                    new Throwable("neither exception nor error")));
    source.token().onCancel(() -> events.add("second"));
    source.cancel();
    assertThat(events).containsExactly("second");
  }

  @SuppressWarnings("unchecked")
  private static <X extends Throwable> void sneak(Throwable error) throws X {
    throw (X) error;
  }

  @Test
  void aChildIsCancelledWithItsParent() {
    CancellationSource child = source.child();
    CancellationSource grandchild = child.child();
    source.cancel();
    assertThat(child.isCancelled()).isTrue();
    assertThat(grandchild.isCancelled()).isTrue();
  }

  /** A chain that is far longer than the stack is deep. */
  private static final int LONG = 200_000;

  @Test
  void aLongChainOfChildrenIsCancelled() {
    List<CancellationSource> chain = new ArrayList<>(List.of(source));
    for (int i = 1; i < LONG; i++) {
      chain.add(chain.get(i - 1).child());
    }
    chain.get(LONG - 1).token().onCancel(() -> events.add("last"));
    CancellationSource sibling = source.child();
    source.token().onCancel(() -> events.add("after the chain"));
    source.cancel();
    assertThat(chain).allMatch(CancellationSource::isCancelled);
    assertThat(sibling.isCancelled()).isTrue();
    assertThat(events).containsExactlyInAnyOrder("last", "after the chain");
  }

  @Test
  void aLongChainOfLinkedTokensIsCancelled() {
    CancellationSource last = source;
    List<CancellationSource> chain = new ArrayList<>();
    for (int i = 0; i < LONG; i++) {
      last =
          CancellationSource.childOf(
              LinkedToken.of(new CancellationSource().token(), last.token()));
      chain.add(last);
    }
    source.cancel();
    assertThat(chain).allMatch(CancellationSource::isCancelled);
  }

  @Test
  void aLongChainOfActionsIsRun() {
    List<CancellationSource> chain = new ArrayList<>(List.of(source));
    for (int i = 1; i < LONG; i++) {
      var next = new CancellationSource();
      chain.get(i - 1).token().onCancel(next::cancel);
      chain.get(i - 1).token().onCancel(() -> events.add("second action"));
      chain.add(next);
    }
    source.cancel();
    assertThat(chain).allMatch(CancellationSource::isCancelled);
    assertThat(events).hasSize(LONG - 1);
  }

  @Test
  void theActionsOfChildrenRunInTheOrderOfTheirRegistration() {
    source.token().onCancel(() -> events.add("first"));
    CancellationSource child = source.child();
    child.token().onCancel(() -> events.add("child"));
    child.child().token().onCancel(() -> events.add("grandchild"));
    source.token().onCancel(() -> events.add("last"));
    source.cancel();
    assertThat(events).containsExactly("first", "child", "grandchild", "last");
  }

  @Test
  void aParentIsNotCancelledWithItsChild() {
    source.child().cancel();
    assertThat(source.isCancelled()).isFalse();
  }

  @Test
  void aDetachedChildStaysAsItIs() {
    CancellationSource child = source.child();
    child.detach();
    source.cancel();
    assertThat(child.isCancelled()).isFalse();
  }

  @Test
  void aChildOfACancelledParentIsCancelled() {
    source.cancel();
    assertThat(source.child().isCancelled()).isTrue();
  }

  @Test
  void noneIsNeverCancelled() {
    CancellationToken none = CancellationToken.none();
    none.onCancel(() -> events.add("never")).close();
    none.throwIfCancelled();
    assertThat(none.isCancelled()).isFalse();
    assertThat(events).isEmpty();
  }

  @Test
  void eitherOfTwoTokensCancels() {
    CancellationSource other = new CancellationSource();
    CancellationToken either = LinkedToken.of(source.token(), other.token());
    AtomicInteger runs = new AtomicInteger();
    either.onCancel(runs::incrementAndGet);
    Registration closed = either.onCancel(() -> events.add("closed"));
    closed.close();
    assertThat(either.isCancelled()).isFalse();
    other.cancel();
    assertThat(either.isCancelled()).isTrue();
    source.cancel();
    assertThat(runs).hasValue(1);
    assertThat(events).isEmpty();
  }

  @Test
  void ofTwoTokensThoseThatCannotCancelAreLeftOut() {
    CancellationToken token = source.token();
    CancellationToken none = CancellationToken.none();
    assertThat(LinkedToken.of(none, null)).isSameAs(none);
    assertThat(LinkedToken.of(none, none)).isSameAs(none);
    assertThat(LinkedToken.of(none, token)).isSameAs(token);
    assertThat(LinkedToken.of(token, none)).isSameAs(token);
    assertThat(LinkedToken.of(token, null)).isSameAs(token);
    assertThat(LinkedToken.of(token, token)).isSameAs(token);
  }

  @Test
  void whatIsRegisteredWhileAnotherThreadCancelsRunsOnce() throws InterruptedException {
    for (int round = 0; round < 500; round++) {
      CancellationSource raced = new CancellationSource();
      AtomicInteger runs = new AtomicInteger();
      CountDownLatch ready = new CountDownLatch(1);
      Thread canceller =
          new Thread(
              () -> {
                ready.countDown();
                raced.cancel();
              });
      canceller.start();
      ready.await();
      for (int i = 0; i < 20; i++) {
        raced.token().onCancel(runs::incrementAndGet);
      }
      canceller.join();
      assertThat(runs).hasValue(20);
    }
  }
}
