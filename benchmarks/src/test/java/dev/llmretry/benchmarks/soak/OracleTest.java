package dev.llmretry.benchmarks.soak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmretry.runtime.HeldBackException;
import dev.llmretry.runtime.RetryRuntime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Shows that the oracle would find what it is to find. */
class OracleTest {

  private static final long MILLISECOND = TimeUnit.MILLISECONDS.toNanos(1);

  private final List<String> violations = new ArrayList<>();

  private Scene scene(Mode mode) {
    return new Scene(mode, false, RetryRuntime.standard(), (task, micros) -> {}, violations::add);
  }

  private Call call(Mode mode, Stop stop, boolean timed, Fault... faults) {
    Scene scene = scene(mode);
    Call call =
        LongStream.range(0, 1_000_000)
            .mapToObj(seed -> new Call(scene, Way.FUTURE, 0, seed, timed, violations::add))
            .filter(each -> each.stop == stop)
            .findFirst()
            .orElseThrow();
    Arrays.fill(call.faults, Fault.NONE);
    System.arraycopy(faults, 0, call.faults, 0, faults.length);
    return call;
  }

  private Call call(Fault first, Fault second, Stop stop, boolean timed) {
    return call(Mode.ALONE, stop, timed, first, second);
  }

  private Call call(Mode mode, Fault... faults) {
    return call(mode, Stop.NOT, false, faults);
  }

  private Call call(Fault first) {
    return call(Mode.ALONE, first);
  }

  /** Notes an attempt that begins {@code wait} nanoseconds after the one before. */
  private static Call attempt(Call call, long wait) {
    int attempt = call.attempts++;
    long before = attempt == 0 ? call.started : call.finished[attempt - 1];
    call.began[attempt] = before + wait;
    call.finished[attempt] = call.began[attempt];
    call.errors[attempt] = call.errorOf(attempt);
    return call;
  }

  /** Notes an attempt on a route. */
  private static Call attempt(Call call, long wait, int route) {
    call.routes[call.attempts] = route;
    return attempt(call, wait);
  }

  /** Notes an attempt from one time to another after the beginning of the call. */
  private static Call attemptBetween(Call call, long began, long finished) {
    int attempt = call.attempts++;
    call.began[attempt] = call.started + began;
    call.finished[attempt] = call.started + finished;
    call.errors[attempt] = call.errorOf(attempt);
    return call;
  }

  /** Notes an attempt that begins at a time after the beginning of the call, and does not end. */
  private static Call attemptFrom(Call call, long began) {
    int attempt = call.attempts++;
    call.began[attempt] = call.started + began;
    return call;
  }

  private static String judge(Call call, Object result, Throwable error) {
    call.ends.incrementAndGet();
    call.result = result;
    call.error = error;
    call.ended = call.attempts == 0 ? call.started : call.finished[call.attempts - 1];
    return Oracle.judge(call);
  }

  private static String failing(Call call) {
    return judge(call, null, call.errors[call.attempts - 1]);
  }

  private static String succeeding(Call call) {
    return judge(call, new Answer(call, call.attempts - 1), null);
  }

  /** Returns the delay that a call has to keep after an attempt without a request for one. */
  private static long backoff(int retriesBefore) {
    return Terms.COMPILED.backoffNanos(retriesBefore);
  }

  @Test
  void whatIsRightPasses() {
    Call retried = call(Fault.OVERLOADED);
    assertThat(succeeding(attempt(attempt(retried, 0), backoff(0)))).isNull();
    assertThat(failing(attempt(call(Fault.UNAUTHORIZED), 0))).isNull();
    assertThat(failing(attempt(call(Fault.CLOSED_FOR_TODAY), 0))).isNull();
  }

  @Test
  void aSecondEndIsSeen() {
    Call call = attempt(call(Fault.NONE), 0);
    call.ends.incrementAndGet();
    assertThat(succeeding(call)).isEqualTo("ended 2 times");
  }

  @ParameterizedTest
  @EnumSource(names = {"UNAUTHORIZED", "CLOSED_FOR_TODAY"})
  void aRetryOfWhatDoesNotPassIsSeen(Fault fault) {
    assertThat(succeeding(attempt(attempt(call(fault), 0), MILLISECOND)))
        .isEqualTo("retried after " + fault);
  }

  @ParameterizedTest
  @EnumSource(names = {"OVERLOADED", "RATE_LIMITED"})
  void aWaitThatIsTooShortIsSeen(Fault fault) {
    Call call = call(fault);
    long wait = Math.max(call.askedNanos(0), backoff(0));
    assertThat(succeeding(attempt(attempt(call, 0), wait - 1)))
        .isEqualTo("waited less than asked for after " + fault);
  }

  @ParameterizedTest
  @EnumSource(names = {"OVERLOADED", "RATE_LIMITED"})
  void givingUpTooSoonIsSeen(Fault fault) {
    assertThat(failing(attempt(call(fault), 0))).isEqualTo("gave up after " + fault);
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"NONE", "STALLED", "REJECTED"})
  void anErrorThatIsNotTheDelegatesIsSeen(Fault fault) {
    assertThat(judge(attempt(call(fault), 0), null, new IllegalStateException("another")))
        .endsWith("another after " + fault);
  }

  @Test
  void aResultThatIsNotTheDelegatesIsSeen() {
    assertThat(judge(attempt(call(Fault.NONE), 0), new Object(), null)).isNotNull();
    assertThat(succeeding(attempt(call(Fault.UNAUTHORIZED), 0))).isNotNull();
  }

  @Test
  void aCancellationThatNobodyAskedForIsSeen() {
    assertThat(judge(attempt(call(Fault.NONE), 0), null, new CancellationException())).isNotNull();
  }

  @Test
  void anAttemptOfWhatWasCancelledBeforeIsSeen() {
    Call call = call(Fault.NONE, Fault.NONE, Stop.BEFORE, false);
    assertThat(judge(attempt(call, 0), null, new CancellationException())).isNotNull();
  }

  @Test
  void anAttemptAfterACancellationIsSeen() {
    Call call = call(Fault.OVERLOADED, Fault.NONE, Stop.IN_ATTEMPT, false);
    assertThat(succeeding(attempt(attempt(call, 0), Math.max(call.askedNanos(0), backoff(0)))))
        .isEqualTo("retried though cancelled");
  }

  @Test
  void anErrorInsteadOfACancellationIsSeen() {
    Call call = call(Fault.OVERLOADED, Fault.NONE, Stop.IN_ATTEMPT, false);
    call.stopped = call.started;
    assertThat(failing(attempt(call, 0))).isEqualTo("gave up after OVERLOADED");
  }

  @Test
  void aWaitThatACancellationDoesNotEndIsSeen() {
    Call call = call(Fault.RATE_LIMITED, Fault.NONE, Stop.BY_TOKEN, false);
    call.stopped = call.started;
    attempt(attempt(call, 0), Math.max(call.askedNanos(0), backoff(0)) + Oracle.TOLERANCE_NANOS);
    assertThat(succeeding(call)).startsWith("went on for");
  }

  @Test
  void aWaitThatIsMuchTooLongIsSeen() {
    Call call = call(Fault.RATE_LIMITED);
    long wait = Math.max(call.askedNanos(0), backoff(0)) + Oracle.TOLERANCE_NANOS + 1;
    assertThat(succeeding(attempt(attempt(call, 0), wait)))
        .isEqualTo("waited much longer than asked for");
  }

  @Test
  void aSecondEndIsSeenAlsoIfItComesLate() {
    Call call = call(Fault.NONE);
    call.end(call, null);
    call.end(null, new IllegalStateException());
    assertThat(violations).containsExactly("ended again");
  }

  @Test
  void anAttemptTooManyIsSeen() {
    Call call = call(Fault.OVERLOADED);
    Arrays.fill(call.faults, Fault.OVERLOADED);
    for (int i = 0; i <= Settings.MAX + 1; i++) {
      attempt(call, TimeUnit.SECONDS.toNanos(1));
    }
    assertThat(failing(call)).isEqualTo("made " + (Settings.MAX + 2) + " attempts");
  }

  @Test
  void anEndLongAfterTheDeadlineIsSeen() {
    Call call = call(Fault.NONE, Fault.NONE, Stop.NOT, true);
    long late = Settings.DEADLINE_MS * MILLISECOND + Oracle.TOLERANCE_NANOS + MILLISECOND;
    assertThat(succeeding(attempt(call, late))).isEqualTo("ended 4001 ms after its deadline");
  }

  @Test
  void aResultOfAnEarlierAttemptIsSeen() {
    Call call = attempt(attempt(call(Fault.OVERLOADED), 0), MILLISECOND);
    assertThat(judge(call, new Answer(call, 0), null))
        .isEqualTo("returned the result of an earlier attempt");
  }

  @Test
  void aRejectedResultIsReturnedOnlyAtTheEnd() {
    Call call = call(Mode.CHECKED, Fault.REJECTED);
    assertThat(succeeding(attempt(call, 0))).isEqualTo("succeeded after REJECTED");
    Call last = call(Mode.CHECKED);
    Arrays.fill(last.faults, Fault.REJECTED);
    for (int i = 0; i <= Settings.MAX; i++) {
      attempt(last, 2 * MILLISECOND);
    }
    assertThat(succeeding(last)).isNull();
  }

  @Test
  void whatIsRightPassesIfItIsHedged() {
    Call call = call(Mode.HEDGED, Fault.OVERLOADED, Fault.STALLED);
    attemptBetween(call, 0, 0);
    attemptFrom(call, MILLISECOND);
    attemptBetween(call, 3 * MILLISECOND, 3 * MILLISECOND);
    assertThat(succeeding(call)).isNull();
  }

  @Test
  void aHedgeThatBeginsTooSoonIsSeen() {
    Call call = attemptFrom(call(Mode.HEDGED, Fault.STALLED), 0);
    attemptBetween(call, 2 * MILLISECOND - 1, 2 * MILLISECOND);
    assertThat(succeeding(call)).isNotNull();
  }

  @Test
  void aThirdAttemptAtOnceIsSeen() {
    Call call = call(Mode.HEDGED, Fault.OVERLOADED, Fault.OVERLOADED);
    attemptFrom(attemptFrom(call, 0), 2 * MILLISECOND);
    attemptBetween(call, 4 * MILLISECOND, 4 * MILLISECOND);
    assertThat(succeeding(call)).isEqualTo("made an attempt beside another");
  }

  @Test
  void aSecondAttemptAtOnceIsSeenIfItIsNoHedge() {
    Call call = attemptFrom(call(Mode.CHECKED, Fault.OVERLOADED), 0);
    attemptBetween(call, 4 * MILLISECOND, 4 * MILLISECOND);
    assertThat(succeeding(call)).isEqualTo("made an attempt beside another");
  }

  @Test
  void aFailureThatHidesTheSuccessOfAHedgeIsSeen() {
    Call call = call(Mode.HEDGED, Fault.UNAUTHORIZED);
    attemptBetween(call, 0, 3 * MILLISECOND);
    attemptBetween(call, 2 * MILLISECOND, 3 * MILLISECOND);
    assertThat(judge(call, null, call.errors[0])).endsWith("though an attempt succeeded");
  }

  @Test
  void anAttemptThatIsNotCancelledIsSeen() {
    Call call = attemptFrom(call(Mode.HEDGED, Fault.STALLED), 0);
    attemptBetween(call, 2 * MILLISECOND, 2 * MILLISECOND);
    call.scene.end(call);
    call.scene.checkSettled();
    assertThat(violations).singleElement().asString().contains("was not cancelled");
  }

  @Test
  void moreHedgesThanArePaidForAreSeen() {
    Scene scene = scene(Mode.HEDGED_SHARED);
    for (int i = 0; i < Scene.CALLS; i++) {
      Call call = new Call(scene, Way.FUTURE, 0, i, false, violations::add);
      attemptBetween(call, 0, 2 * MILLISECOND);
      scene.end(attemptBetween(call, MILLISECOND, 2 * MILLISECOND));
    }
    scene.checkSettled();
    assertThat(violations).containsExactly("HEDGED_SHARED: 1000 hedges of 1000 calls");
  }

  @Test
  void anAttemptInAPauseIsSeen() {
    Call call = call(Mode.SHARED, Fault.NONE);
    long begin = call.started - 5 * MILLISECOND;
    call.scene.pauses(0).learnt(begin, begin, call.started + MILLISECOND);
    assertThat(succeeding(attempt(call, MILLISECOND - 1)))
        .isEqualTo("began an attempt 0 us before the end of a pause");
  }

  @Test
  void anAttemptInAPauseThatWasLiftedPasses() {
    Call call = call(Mode.SHARED, Fault.NONE);
    long begin = call.started - 5 * MILLISECOND;
    call.scene.pauses(0).learnt(begin, begin, call.started + 3_600_000 * MILLISECOND);
    call.scene.pauses(0).beginLifting();
    call.scene.pauses(0).endLifting();
    assertThat(succeeding(attempt(call, System.nanoTime() - call.started))).isNull();
  }

  @Test
  void anAttemptThatMayNotHaveKnownOfThePausePasses() {
    Call call = call(Mode.SHARED, Fault.NONE);
    call.scene.pauses(0).learnt(call.started, call.started, call.started + 9 * MILLISECOND);
    assertThat(succeeding(attempt(call, MILLISECOND))).isNull();
  }

  @Test
  void aCallThatIsHeldBackForNoReasonIsSeen() {
    Call call = call(Mode.SHARED, Fault.NONE);
    assertThat(judge(call, null, new HeldBackException("", null, null)))
        .startsWith("made no attempt, and failed with");
    assertThat(failing(attempt(call(Mode.SHARED, Fault.OVERLOADED), 0)))
        .isEqualTo("gave up after OVERLOADED");
  }

  @Test
  void aCallMayBeHeldBackForLong() {
    Call call = call(Mode.SHARED, Fault.OVERLOADED);
    assertThat(failing(attempt(call, Settings.MAX_WAIT.toNanos()))).isNull();
  }

  @Test
  void aRefusalMayUseUpARetry() {
    Call call = call(Mode.ROUTED);
    Arrays.fill(call.faults, Fault.OVERLOADED);
    call.faults[1] = Fault.RATE_LIMITED;
    attempt(attempt(call, 0, 0), 0, 1);
    attempt(attempt(call, call.askedNanos(1), 1), backoff(2), 0);
    assertThat(failing(call)).isNull();
  }

  @Test
  void aRetryThatIsForgottenIsSeen() {
    Call call = call(Mode.SHARED, Fault.OVERLOADED);
    attempt(attempt(call, 0), TimeUnit.SECONDS.toNanos(21));
    assertThat(succeeding(call)).isEqualTo("was held back for 21000 ms");
  }

  @Test
  void moreRetriesThanRefusalsExplainAreSeen() {
    Call call = call(Mode.SHARED);
    Arrays.fill(call.faults, 0, 20, Fault.RATE_LIMITED);
    Arrays.fill(call.faults, 20, 30, Fault.OVERLOADED);
    for (int i = 0; i < 20 + Settings.MAX + 2; i++) {
      attempt(call, 10 * MILLISECOND);
    }
    assertThat(failing(call)).isEqualTo("made 25 attempts");
  }

  @Test
  void whatIsRightPassesIfThereAreRoutes() {
    Call call = call(Mode.ROUTED, Fault.OVERLOADED, Fault.OVERLOADED, Fault.UNAUTHORIZED);
    attempt(attempt(call, 0, 0), 0, 1);
    attempt(attempt(call, backoff(1), 0), 0, 1);
    assertThat(succeeding(call)).isNull();
  }

  @Test
  void aRouteThatIsLeftOutForNoReasonIsSeen() {
    assertThat(succeeding(attempt(call(Mode.ROUTED, Fault.NONE), 0, 1)))
        .isEqualTo("began with route 1, though nothing limited route 0");
    Call limited = call(Mode.ROUTED, Fault.NONE);
    limited.scene.pauses(0).ask(limited.started);
    assertThat(succeeding(attempt(limited, 0, 1))).isNull();
  }

  @Test
  void aRetryOnTheSameRouteIsSeen() {
    Call call = attempt(call(Mode.ROUTED, Fault.OVERLOADED), 0, 0);
    assertThat(succeeding(attempt(call, backoff(0), 0)))
        .isEqualTo("stayed on a route after OVERLOADED, though nothing limited the other");
  }

  @Test
  void aReturnToARouteThatRefusesTheKeyIsSeen() {
    Call call = call(Mode.ROUTED, Fault.UNAUTHORIZED, Fault.OVERLOADED);
    attempt(attempt(call, 0, 0), 0, 1);
    assertThat(succeeding(attempt(call, backoff(1), 0)))
        .isEqualTo("returned to a route after UNAUTHORIZED");
  }

  @Test
  void aReturnToARouteWithoutADelayIsSeen() {
    Call call = call(Mode.ROUTED, Fault.OVERLOADED, Fault.OVERLOADED);
    attempt(attempt(call, 0, 0), 0, 1);
    assertThat(succeeding(attempt(call, backoff(1) - 1, 0)))
        .isEqualTo("waited less than asked for after OVERLOADED");
  }

  @Test
  void settingsThatNeverAppliedAreSeen() {
    Scene scene = scene(Mode.RELOADED);
    scene.reloads.reload();
    Call call = new Call(scene, Way.FUTURE, 0, 1, false, violations::add);
    Arrays.fill(call.faults, Fault.OVERLOADED);
    attempt(attempt(call, 0), backoff(0));
    attempt(attempt(call, backoff(1)), backoff(1));
    assertThat(failing(call)).isEqualTo("waited less than asked for after OVERLOADED");
    assertThat(violations).isEmpty();
  }

  @Test
  void settingsThatAppliedForATimePass() {
    Scene scene = scene(Mode.RELOADED);
    Call call = new Call(scene, Way.FUTURE, 0, 1, false, violations::add);
    Arrays.fill(call.faults, Fault.OVERLOADED);
    scene.reloads.reload();
    long later = System.nanoTime() - call.started;
    for (int i = 0; i < 3; i++) {
      attempt(call, Math.max(later, backoff(1)));
    }
    assertThat(failing(call)).isNull();
  }

  @Test
  void anInvalidReloadChangesNothing() {
    Scene scene = scene(Mode.RELOADED);
    for (int i = 0; i < 6; i++) {
      scene.reloads.reload();
    }
    assertThat(violations).isEmpty();
  }
}
