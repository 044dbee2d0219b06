package dev.llmretry.races;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.llmretry.runtime.AsyncRetry;
import dev.llmretry.runtime.CancellationSource;
import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.Registration;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.generated.CallbackGate;
import dev.llmretry.runtime.generated.FutureRetry;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/** Concurrent events of cancellation tokens and of callbacks. */
final class TokenRaces {

  private TokenRaces() {}

  /** Actions registered while the token is cancelled run exactly once. */
  @JCStressTest
  @Outcome(id = "2", expect = ACCEPTABLE, desc = "each runs once")
  @Outcome(expect = FORBIDDEN, desc = "lost, or run twice")
  @State
  public static class RegistrationAgainstCancellation {

    private final CancellationSource source = new CancellationSource();
    private final AtomicInteger runs = new AtomicInteger();

    @Actor
    public void actor1() {
      source.cancel();
    }

    @Actor
    public void actor2() {
      source.token().onCancel(runs::incrementAndGet);
      source.token().onCancel(runs::incrementAndGet);
    }

    @Arbiter
    public void arbiter(I_Result result) {
      result.r1 = runs.get();
    }
  }

  /** An action whose registration is closed during a cancellation runs at most once; others run. */
  @JCStressTest
  @Outcome(id = "[01], 2", expect = ACCEPTABLE, desc = "at most once; the others once")
  @Outcome(expect = FORBIDDEN, desc = "run twice, or a neighbour lost")
  @State
  public static class ClosingAgainstCancellation {

    private final CancellationSource source = new CancellationSource();
    private final AtomicInteger runs = new AtomicInteger();
    private final AtomicInteger neighbours = new AtomicInteger();
    private final Registration registration;

    public ClosingAgainstCancellation() {
      source.token().onCancel(neighbours::incrementAndGet);
      registration = source.token().onCancel(runs::incrementAndGet);
      source.token().onCancel(neighbours::incrementAndGet);
    }

    @Actor
    public void actor1() {
      source.cancel();
    }

    @Actor
    public void actor2() {
      registration.close();
    }

    @Arbiter
    public void arbiter(II_Result result) {
      result.r1 = runs.get();
      result.r2 = neighbours.get();
    }
  }

  /** A token is cancelled by two threads while its child is detached. */
  @JCStressTest
  @Outcome(id = "[01], 1", expect = ACCEPTABLE, desc = "the child perhaps, the parent once")
  @Outcome(expect = FORBIDDEN, desc = "run twice, or not at all")
  @State
  public static class DetachingAgainstTwoCancellations {

    private final CancellationSource source = new CancellationSource();
    private final CancellationSource child = source.child();
    private final AtomicInteger runs = new AtomicInteger();
    private final AtomicInteger childRuns = new AtomicInteger();

    public DetachingAgainstTwoCancellations() {
      child.token().onCancel(childRuns::incrementAndGet);
      source.token().onCancel(runs::incrementAndGet);
    }

    @Actor
    public void actor1() {
      source.cancel();
    }

    @Actor
    public void actor2() {
      source.cancel();
      child.detach();
    }

    @Arbiter
    public void arbiter(II_Result result) {
      result.r1 = childRuns.get();
      result.r2 = runs.get();
    }
  }

  /** A method fails while its callback receives the first element. */
  @JCStressTest
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "dropped, and retried")
  @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "emitted, and not retried")
  @Outcome(id = "1, 0", expect = FORBIDDEN, desc = "emitted, and retried")
  @Outcome(id = "0, 1", expect = FORBIDDEN, desc = "dropped, and not retried")
  @State
  public static class FailureAgainstFirstElement {

    private static final RetryPolicy POLICY = RetryPolicy.builder("raced").build();

    private final CallbackGate gate = new CallbackGate(POLICY);
    private final AtomicInteger elements = new AtomicInteger();
    private volatile boolean delivered;

    @Actor
    public void actor1() {
      gate.element("element", elements::incrementAndGet);
    }

    @Actor
    public void actor2() {
      delivered = gate.failed();
    }

    @Arbiter
    public void arbiter(II_Result result) {
      result.r1 = elements.get();
      result.r2 = delivered ? 1 : 0;
    }
  }

  /** An attempt times out while its callback receives the first element. */
  @JCStressTest
  @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "dropped, and timed out")
  @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "emitted, and no longer timed")
  @Outcome(id = "1, 1", expect = FORBIDDEN, desc = "emitted, and timed out")
  @Outcome(id = "0, 0", expect = FORBIDDEN, desc = "dropped, and no longer timed")
  @State
  public static class TimeOutAgainstFirstElement {

    private static final RetryPolicy POLICY =
        RetryPolicy.builder("raced").attemptTimeout(Duration.ofSeconds(1)).build();

    private final HandClock clock = new HandClock();
    private final AtomicInteger elements = new AtomicInteger();
    private final CompletableFuture<String> call;
    private final Queue<CallbackGate> gates = new ConcurrentLinkedQueue<>();
    private final Queue<CancellationToken> attempts = new ConcurrentLinkedQueue<>();

    public TimeOutAgainstFirstElement() {
      call =
          AsyncRetry.<String>call(
              RetryRuntime.builder().clock(clock).executor(Runnable::run).build(),
              POLICY,
              FutureRetry.gated(
                  POLICY,
                  (gate, attempt) -> {
                    gates.add(gate);
                    attempts.add(attempt.token());
                    return new CompletableFuture<>();
                  }));
    }

    @Actor
    public void actor1() {
      clock.fire();
    }

    @Actor
    public void actor2() {
      gates.element().element("element", elements::incrementAndGet);
    }

    @Arbiter
    public void arbiter(II_Result result) {
      result.r1 = elements.get();
      result.r2 = attempts.element().isCancelled() ? 1 : 0;
      call.cancel(true);
    }
  }
}
