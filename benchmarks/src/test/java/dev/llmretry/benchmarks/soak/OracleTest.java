package dev.llmretry.benchmarks.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** A soak that finds nothing says something only if its oracle would have found it. */
class OracleTest {

  private static final long MILLISECOND = TimeUnit.MILLISECONDS.toNanos(1);

  private static Call call(Fault first, Fault second, Stop stop, boolean timed) {
    return LongStream.range(0, 1_000_000)
        .mapToObj(seed -> new Call(seed, timed, unused -> {}))
        .filter(call -> call.fault(0) == first && call.fault(1) == second && call.stop == stop)
        .findFirst()
        .orElseThrow();
  }

  private static Call call(Fault first) {
    return call(first, Fault.NONE, Stop.NOT, false);
  }

  /** Notes an attempt that begins {@code wait} nanoseconds after the one before. */
  private static Call attempt(Call call, long wait) {
    int attempt = call.attempts++;
    long before = attempt == 0 ? call.started : call.finished[attempt - 1];
    call.began[attempt] = before + wait;
    call.finished[attempt] = call.began[attempt];
    call.errors[attempt] = call.fault(attempt) == Fault.NONE ? null : call.errorOf(attempt);
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
    return judge(call, call, null);
  }

  @Test
  void whatIsRightPasses() {
    Call retried = call(Fault.OVERLOADED);
    assertThat(succeeding(attempt(attempt(retried, 0), retried.waitNanos(0)))).isNull();
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
    assertThat(succeeding(attempt(attempt(call, 0), call.waitNanos(0) - 1)))
        .isEqualTo("waited less than asked for after " + fault);
  }

  @ParameterizedTest
  @EnumSource(names = {"OVERLOADED", "RATE_LIMITED"})
  void givingUpTooSoonIsSeen(Fault fault) {
    assertThat(failing(attempt(call(fault), 0))).isEqualTo("gave up after " + fault);
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"NONE", "STALLED"})
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
    assertThat(succeeding(attempt(attempt(call, 0), call.waitNanos(0))))
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
    attempt(attempt(call, 0), call.waitNanos(0) + Oracle.TOLERANCE_NANOS);
    assertThat(succeeding(call)).startsWith("went on for");
  }

  @Test
  void aWaitThatIsMuchTooLongIsSeen() {
    Call call = call(Fault.RATE_LIMITED);
    long wait = call.waitNanos(0) + Oracle.TOLERANCE_NANOS + 1;
    assertThat(succeeding(attempt(attempt(call, 0), wait)))
        .isEqualTo("waited much longer than asked for");
  }

  @Test
  void aSecondEndIsSeenAlsoIfItComesLate() {
    List<String> seen = new ArrayList<>();
    Call call = new Call(1, false, seen::add);
    call.end(call, null);
    call.end(null, new IllegalStateException());
    assertThat(seen).containsExactly("ended again");
  }

  @Test
  void anAttemptTooManyIsSeen() {
    Call call = call(Fault.OVERLOADED);
    for (int i = 0; i <= Settings.MAX + 1; i++) {
      attempt(call, TimeUnit.SECONDS.toNanos(1));
    }
    assertThat(failing(call)).isEqualTo("made " + (Settings.MAX + 2) + " attempts");
  }

  @Test
  void anEndLongAfterTheDeadlineIsSeen() {
    Call call = call(Fault.NONE, Fault.NONE, Stop.NOT, true);
    long late = Settings.DEADLINE_MS * MILLISECOND + Oracle.TOLERANCE_NANOS + MILLISECOND;
    assertThat(succeeding(attempt(call, late))).isEqualTo("ended 2001 ms after its deadline");
  }
}
