package dev.llmretry.runtime.cases;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmretry.runtime.GiveUpReason;
import dev.llmretry.runtime.RetryTrace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** A call, what happens during it, and how it has to end. */
public final class RetryCase {

  private final String name;
  private final Settings settings;
  private final List<Step> script = new ArrayList<>();
  private Consumer<World> circumstances = world -> {};
  private String result;
  private Consumer<Throwable> thrown;
  private GiveUpReason reason;
  private int calls;
  private List<Long> waits = List.of();
  private Consumer<World> afterwards = world -> {};
  private boolean interrupted;
  private Set<Way> ways = EnumSet.allOf(Way.class);
  private Long takes;

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

  RetryCase given(Consumer<World> happening) {
    circumstances = happening;
    return this;
  }

  RetryCase returns(String expected) {
    result = expected;
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

  RetryCase afterwards(Consumer<World> expectation) {
    afterwards = expectation;
    return this;
  }

  RetryCase leavesInterrupted() {
    interrupted = true;
    return this;
  }

  /** Says how long the call takes, unless that is the sum of the waits. */
  RetryCase takes(long millis) {
    takes = millis;
    return this;
  }

  /** Says by which ways it is like this, unless it is by all. */
  RetryCase only(Way first, Way... others) {
    ways = EnumSet.of(first, others);
    return this;
  }

  /** Returns whether a call that is retried in {@code way} is to be like this. */
  public boolean holdsFor(Way way) {
    return ways.contains(way);
  }

  public String name() {
    return name;
  }

  /** Returns how many attempts are made. */
  public int calls() {
    return calls;
  }

  public Settings settings() {
    return settings;
  }

  /** Runs the case, and checks everything about it. */
  public void check(Driver driver) {
    World world = new World();
    circumstances.accept(world);
    Delegate delegate = new Delegate(world, script);
    String returned = null;
    Throwable caught = null;
    try {
      returned = driver.call(this, world.runtime(), world.callToken, delegate);
    } catch (Throwable e) {
      caught = e;
    }
    boolean flag = Thread.interrupted();
    if (thrown == null) {
      assertThat(caught).isNull();
      assertThat(returned).isEqualTo(result);
      assertThat(world.events).last().isEqualTo("success " + calls);
    } else {
      assertThat(caught).isNotNull();
      thrown.accept(caught);
      checkGivenUp(world, caught);
    }
    assertThat(world.calls).as("calls").isEqualTo(calls);
    assertThat(world.waits).as("waits").isEqualTo(waits);
    assertThat(world.millis()).as("time taken").isEqualTo(takes());
    assertThat(flag).as("interrupt flag").isEqualTo(interrupted);
    checkNothingIsLeft(world);
    afterwards.accept(world);
  }

  private long takes() {
    return takes == null ? waits.stream().mapToLong(Long::longValue).sum() : takes;
  }

  private void checkGivenUp(World world, Throwable caught) {
    if (reason == null) {
      return;
    }
    assertThat(world.events).last().isEqualTo("give up " + calls + " " + reason);
    if (calls > 0) {
      RetryTrace trace = RetryTrace.find(caught);
      assertThat(trace).isNotNull();
      assertThat(trace.report().attempts()).isEqualTo(calls);
      assertThat(trace.report().reason()).isEqualTo(reason);
      boolean inFlight = reason == GiveUpReason.CANCELLED && trace.report().failures().isEmpty();
      assertThat(trace.report().failures()).hasSizeBetween(inFlight ? 0 : 1, calls);
      assertThat(trace.getStackTrace()).isEmpty();
      assertThat(caught.getSuppressed()).filteredOn(RetryTrace.class::isInstance).hasSize(1);
    }
  }

  private static void checkNothingIsLeft(World world) {
    assertThat(world.clock.scheduledCount()).as("timers left").isZero();
    assertThat(world.callToken.registered()).as("registrations left").isZero();
    assertThat(world.applicationToken.registered()).as("registrations left").isZero();
  }

  @Override
  public String toString() {
    return name;
  }
}
