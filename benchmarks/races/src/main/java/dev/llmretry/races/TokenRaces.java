package dev.llmretry.races;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.llmretry.runtime.CancellationSource;
import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.Registration;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.async.AsyncRetry;
import dev.llmretry.runtime.stream.CallbackGate;
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

/** What can happen to a cancellation token, and to a callback, at the same time. */
final class TokenRaces {

  private TokenRaces() {}

  /** What is registered as the token is cancelled runs, and once. */
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

  /** What is taken back as the token is cancelled runs at most once; its neighbours run. */
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

  /** A token is cancelled by two, and its child cut off. */
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

  /** A method fails while its callback is being handed the first element. */
  @JCStressTest
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "dropped, and to be retried")
  @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "handed on, and not to be retried")
  @Outcome(id = "1, 0", expect = FORBIDDEN, desc = "handed on, and to be retried all the same")
  @Outcome(id = "0, 1", expect = FORBIDDEN, desc = "dropped, and not to be retried")
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

  /** The time of an attempt is up while its callback is being handed the first element. */
  @JCStressTest
  @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "dropped, and out of time")
  @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "handed on, and not bounded any more")
  @Outcome(id = "1, 1", expect = FORBIDDEN, desc = "handed on, and out of time all the same")
  @Outcome(id = "0, 0", expect = FORBIDDEN, desc = "dropped, and not bounded any more")
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
              null,
              AsyncRetry.gated(
                  POLICY,
                  (gate, attempt) -> {
                    gates.add(gate);
                    attempts.add(attempt);
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
