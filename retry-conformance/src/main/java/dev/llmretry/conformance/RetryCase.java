package dev.llmretry.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmretry.FailureKind;
import dev.llmretry.runtime.GiveUpReason;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.RetryTrace;
import dev.llmretry.runtime.Upstream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A case: a call, the events during it, and its expected outcome. */
public final class RetryCase {

  private final String name;
  private final Settings settings;
  private final List<Step> script = new ArrayList<>();
  private Consumer<TestEnvironment> circumstances = environment -> {};
  private String result;
  private Consumer<Throwable> thrown;
  private GiveUpReason reason;
  private int calls;
  private List<Long> waits = List.of();
  private Consumer<TestEnvironment> afterwards = environment -> {};
  private boolean interrupted;
  private Set<InvocationStyle> styles = EnumSet.allOf(InvocationStyle.class);
  private Set<InvocationStyle> unreported = EnumSet.noneOf(InvocationStyle.class);
  private Difference difference;
  private InvocationStyle style;
  private boolean needsAttemptToken;
  private List<String> routes = List.of();
  private List<String> taken = List.of();
  private Set<FailureKind> fallbackOnKinds = Set.of();
  private Long takes;
  private List<String> upstreamWaits = List.of();
  private List<String> logged = List.of();

  /**
   * A case that does not hold for all drivers.
   *
   * @param caseName the name of the case
   * @param styles the drivers for which it holds, or that differ
   * @param reason why others differ
   */
  public record Difference(String caseName, Set<InvocationStyle> styles, String reason) {

    /** Creates a difference. */
    public Difference {
      if (reason.isBlank()) {
        throw new IllegalArgumentException("no reason: " + caseName);
      }
    }
  }

  private RetryCase(String name, Settings settings) {
    this.name = name;
    this.settings = settings;
  }

  static RetryCase of(String name, Settings settings) {
    return new RetryCase(name, settings);
  }

  RetryCase script(Step... steps) {
    script.addAll(List.of(steps));
    return this;
  }

  RetryCase given(Consumer<TestEnvironment> happening) {
    circumstances = happening;
    return this;
  }

  RetryCase returns(String expected) {
    result = expected;
    return this;
  }

  /** Expects a result that was rejected. */
  RetryCase returnsRejected(String expected) {
    result = expected;
    reason = GiveUpReason.RESULT_REJECTED;
    return this;
  }

  RetryCase throwsSame(Throwable expected, GiveUpReason why) {
    return throwing(error -> assertThat(error).isSameAs(expected), why);
  }

  RetryCase throwing(Consumer<Throwable> expectation, GiveUpReason why) {
    thrown = expectation;
    reason = why;
    return this;
  }

  RetryCase calls(int count) {
    calls = count;
    return this;
  }

  RetryCase waits(long... millis) {
    waits = Arrays.stream(millis).boxed().toList();
    return this;
  }

  /** Expects waits for the upstream, such as {@code RATE_LIMIT 1000}. The default is none. */
  RetryCase waitsForUpstream(String... causesAndMillis) {
    upstreamWaits = List.of(causesAndMillis);
    return this;
  }

  /** Expects these events of a call some of whose attempts are hedged; see {@link EventLog}. */
  RetryCase logs(String... events) {
    logged = List.of(events);
    return this;
  }

  /** Returns how many of the calls are attempts, and not hedges. */
  private int attempts() {
    return calls - (int) logged.stream().filter(e -> e.matches("started \\d+ hedge")).count();
  }

  private void checkEvents(TestEnvironment environment, boolean success) {
    if (logged.isEmpty()) {
      environment.eventLog.check(calls, success);
    } else {
      assertThat(environment.eventLog.events()).isEqualTo(logged);
    }
  }

  RetryCase afterwards(Consumer<TestEnvironment> expectation) {
    afterwards = expectation;
    return this;
  }

  RetryCase leavesInterrupted() {
    interrupted = true;
    return this;
  }

  /** Sets the expected duration of the call. The default is the sum of the delays. */
  RetryCase takes(long millis) {
    takes = millis;
    return this;
  }

  /** Restricts the case to some drivers, for a reason that the module's README repeats. */
  RetryCase only(String why, InvocationStyle first, InvocationStyle... others) {
    styles = EnumSet.of(first, others);
    difference = new Difference(name, styles, why);
    return this;
  }

  /**
   * Expects that some drivers throw the error without a report: no listener is notified, and no
   * trace is attached. The module's README repeats the reason.
   */
  RetryCase unreported(String why, InvocationStyle first, InvocationStyle... others) {
    unreported = EnumSet.of(first, others);
    difference = new Difference(name, unreported, why);
    return this;
  }

  /** Gives the call routes, and expects which its attempts take. */
  RetryCase routes(List<String> names, String... expected) {
    routes = names;
    taken = List.of(expected);
    return this;
  }

  /** Adds kinds of failure after which the call moves to another route. */
  RetryCase fallbackOn(FailureKind... kinds) {
    fallbackOnKinds = Set.of(kinds);
    return this;
  }

  /** Marks a case whose attempts use their own token. */
  RetryCase needsAttemptToken() {
    needsAttemptToken = true;
    return this;
  }

  /** Sets the kind of driver that runs the case. */
  RetryCase as(InvocationStyle invocation) {
    style = invocation;
    return this;
  }

  /** Returns whether the case holds for a kind of driver. */
  public boolean holdsFor(InvocationStyle invocation) {
    boolean canCheck = invocation != InvocationStyle.CONSUMER; // the processor refuses it (LR052)
    return styles.contains(invocation) && (canCheck || !isChecked());
  }

  /** Returns whether results are checked. */
  public boolean isChecked() {
    return settings.annotation().contains("check = ");
  }

  /** Returns whether the case holds for a method that takes neither a token nor an attempt. */
  public boolean holdsWithoutAttemptToken() {
    return !needsAttemptToken;
  }

  /** Returns the difference between drivers, if there is one. */
  public Optional<Difference> difference() {
    return Optional.ofNullable(difference);
  }

  public String name() {
    return name;
  }

  /** Returns the expected number of attempts. */
  public int calls() {
    return calls;
  }

  public Settings settings() {
    return settings;
  }

  /** Runs the case, and checks its result, events, time, interrupt flag and leftovers. */
  public void check(Driver driver) {
    TestEnvironment environment = new TestEnvironment();
    routes.forEach(name -> environment.routes.put(name, Upstream.of(name)));
    environment.fallbackOnKinds = fallbackOnKinds;
    RetryRuntime runtime = environment.runtime();
    circumstances.accept(environment);
    Delegate delegate = new Delegate(environment, script);
    String returned = null;
    Throwable caught = null;
    try {
      returned = driver.call(this, runtime, environment.callToken, delegate);
    } catch (Throwable e) {
      caught = e;
    }
    boolean flag = Thread.interrupted();
    if (thrown == null) {
      assertThat(caught).isNull();
      assertThat(returned).isEqualTo(result);
      assertThat(environment.events)
          .last()
          .isEqualTo(
              reason == null ? "success " + attempts() : "give up " + attempts() + " " + reason);
      checkEvents(environment, reason == null);
    } else {
      assertThat(caught).isNotNull();
      thrown.accept(caught);
      checkGivenUp(environment, caught);
    }
    assertThat(environment.calls).as("calls").isEqualTo(calls);
    assertThat(environment.waits).as("waits").isEqualTo(waits);
    if (!environment.events.isEmpty()) {
      assertThat(environment.eventLog.waits())
          .as("waits for the upstream")
          .isEqualTo(upstreamWaits);
    }
    assertThat(environment.millis()).as("time taken").isEqualTo(takes());
    assertThat(environment.taken).as("routes").isEqualTo(taken);
    assertThat(flag).as("interrupt flag").isEqualTo(interrupted);
    checkNothingIsLeft(environment);
    afterwards.accept(environment);
  }

  private long takes() {
    return takes == null ? waits.stream().mapToLong(Long::longValue).sum() : takes;
  }

  private void checkGivenUp(TestEnvironment environment, Throwable caught) {
    if (style != null && unreported.contains(style)) {
      assertThat(environment.events).isEmpty();
      assertThat(caught).hasNoSuppressedExceptions();
      return;
    }
    if (reason == null) {
      return;
    }
    assertThat(environment.events).last().isEqualTo("give up " + attempts() + " " + reason);
    checkEvents(environment, false);
    if (calls > 0) {
      RetryTrace trace = RetryTrace.find(caught);
      assertThat(trace).isNotNull();
      assertThat(trace.report().attempts()).isEqualTo(attempts());
      assertThat(trace.report().reason()).isEqualTo(reason);
      boolean inFlight = reason == GiveUpReason.CANCELLED && trace.report().failures().isEmpty();
      assertThat(trace.report().failures()).hasSizeBetween(inFlight ? 0 : 1, calls);
      assertThat(trace.getStackTrace()).isEmpty();
      assertThat(caught.getSuppressed()).filteredOn(RetryTrace.class::isInstance).hasSize(1);
    }
  }

  private static void checkNothingIsLeft(TestEnvironment environment) {
    assertThat(environment.clock.scheduledCount()).as("timers left").isZero();
    assertThat(environment.callToken.registered()).as("registrations left").isZero();
    assertThat(environment.applicationToken.registered()).as("registrations left").isZero();
    Stream.concat(Stream.of(environment.upstream), environment.routes.values().stream())
        .forEach(
            upstream -> {
              assertThat(upstream.state().waiting()).as("waiting for the upstream").isZero();
              assertThat(upstream.state().held()).as("held back by the budget").isZero();
            });
  }

  @Override
  public String toString() {
    return name;
  }
}
