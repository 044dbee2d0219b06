package dev.llmretry.runtime.internal.upstream;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.llmretry.runtime.upstream.Pace;
import dev.llmretry.runtime.upstream.StoreField;
import dev.llmretry.runtime.upstream.StoreReply;
import dev.llmretry.runtime.upstream.StoreRequest;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What one process asks of the store, and what it does with the replies. */
class FleetGateTest {

  private static final long MILLIS = 1_000_000;
  private static final long SECOND = 1_000 * MILLIS;

  private double random;
  private final FleetGate gate = new FleetGate(() -> random);

  /** What the store replies; times are relative to the reply. */
  private final Map<StoreField, Double> stored = new EnumMap<>(StoreField.class);

  private int members = 1;

  FleetGateTest() {
    for (StoreField field : StoreField.values()) {
      stored.put(field, 0.0);
    }
    stored.put(StoreField.CLOSINGS, 3.0);
  }

  private void store(StoreField field, double value) {
    stored.put(field, value);
  }

  private StoreReply reply(long version, Long... turns) {
    return new StoreReply(version, false, stored, members, List.of(turns));
  }

  private StoreReply changed(long version, Long... turns) {
    return new StoreReply(version, true, stored, members, List.of(turns));
  }

  private StoreReply noState() {
    return new StoreReply(0, false, Map.of(), members, List.of());
  }

  private StoreRequest request(int waiting, long now) {
    return requireNonNull(gate.request(true, waiting, now), "no request");
  }

  private void assertNoRequest(int waiting, long now) {
    assertThat(gate.request(true, waiting, now)).isNull();
  }

  /** The store replies to the last request. */
  private void answer(StoreReply reply, long now) {
    gate.onReply(gate.requests(), reply, now);
  }

  /** The process is started, and is told by the store, in its version 7, to wait for a second. */
  private void start() {
    store(StoreField.CLOSED_UNTIL, SECOND);
    request(0, 0);
    answer(reply(7), 0);
    assertNoRequest(0, 0);
  }

  /** The gate is open, the rate is known to be 100, and has been measured since ten seconds. */
  private void startOpen() {
    store(StoreField.RATE, 100);
    store(StoreField.MEASURED_SINCE, -10 * SECOND);
    request(0, 0);
    answer(reply(7), 0);
    assertNoRequest(0, 0);
  }

  /** The store does not answer in time. */
  private void detach(long now) {
    request(1, now - 50 * MILLIS - 1);
    gate.checkOverdue(now - 1);
    assertThat(gate.isDetached()).isFalse();
    gate.checkOverdue(now);
    assertThat(gate.isDetached()).isTrue();
  }

  /** As before, while there is nothing else to ask than to report a refusal. */
  private void detachWhileClosed(long now) {
    long before = now - 50 * MILLIS - 1;
    gate.pushback(new Ticket(before, 0, true), 0, 0, before);
    detach(now);
  }

  @Test
  void asksForTheStateOnce() {
    members = 3;
    StoreRequest first = requireNonNull(gate.request(false, 0, 0));
    assertThat(first).isEqualTo(new StoreRequest(0, 0, 0, 0, 0, new Pace(2, 2, 0), null));
    assertThat(gate.requests()).isOne();
    assertNoRequest(0, MILLIS);
    answer(noState(), MILLIS);
    assertThat(gate.members()).isEqualTo(3);
    assertThat(gate.isDormant()).isTrue();
    assertThat(gate.request(false, 0, 100 * SECOND)).isNull();
  }

  @Test
  void asksAgainAfterTenSecondsWhileSomethingIsLimited() {
    request(0, 0);
    answer(noState(), MILLIS);
    assertNoRequest(0, 10 * SECOND - 1);
    assertThat(request(0, 10 * SECOND).turns()).isZero();
  }

  @Test
  void writesAPushbackAfterReadingTheState() {
    request(0, 0);
    answer(noState(), 0);
    assertNoRequest(0, 0);
    gate.pausedUntil = 4 * SECOND;
    assertThat(gate.pushback(null, 2 * SECOND, 0, SECOND)).isNotZero();
    StoreRequest read = request(5, SECOND);
    assertThat(read.change()).isNull();
    assertThat(read.turns()).isZero();
    answer(noState(), SECOND + MILLIS);
    StoreRequest write = request(0, SECOND + MILLIS);
    assertThat(write.version()).isZero();
    assertThat(write.turns()).as("for the call that was pushed back").isOne();
    assertThat(write.change())
        .containsEntry(StoreField.CLOSED_UNTIL, 1_999.0 * MILLIS)
        .containsEntry(StoreField.PAUSED_UNTIL, 2_999.0 * MILLIS)
        .containsEntry(StoreField.NEXT_TURN, 1_999.0 * MILLIS)
        .containsEntry(StoreField.MEASURED_SINCE, -1.0 * MILLIS)
        .containsEntry(StoreField.CLOSINGS, 1.0)
        .containsEntry(StoreField.RATE, 0.0)
        .containsEntry(StoreField.LAST_CLOSING, 2.0 * SECOND)
        .containsEntry(StoreField.BEGUN, 0.0)
        .containsEntry(StoreField.REFUSED, 0.0)
        .containsEntry(StoreField.SUCCEEDED, 0.0)
        .containsEntry(StoreField.UNUSED, 0.0)
        .containsEntry(StoreField.OPENED, 0.0);
    store(StoreField.CLOSINGS, 1);
    store(StoreField.OPENED, 1);
    answer(changed(1, 1_998 * MILLIS), SECOND + 2 * MILLIS);
    assertThat(gate.delay(SECOND + 2 * MILLIS)).isEqualTo(1_998 * MILLIS);
    assertNoRequest(1, SECOND + 2 * MILLIS);
    assertThat(gate.begin(3 * SECOND).isFirst).isTrue();
  }

  @Test
  void asksForTurnsShortlyBeforeTheGateOpens() {
    random = 0.5;
    start();
    assertThat(gate.delay(0)).isEqualTo(975 * MILLIS);
    assertNoRequest(5, 975 * MILLIS - 1);
    assertNoRequest(0, 975 * MILLIS);
    assertThat(request(5, 975 * MILLIS)).returns(7L, StoreRequest::version);
    assertThat(gate.delay(980 * MILLIS)).as("the store has 50 ms").isEqualTo(45 * MILLIS);
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 2", "50, 2"})
  void asksForNoMoreTurnsThanTwoOrThanCallsWait(int waiting, int turns) {
    start();
    assertThat(request(waiting, SECOND).turns()).isEqualTo(turns);
  }

  @Test
  void callsBeginAtTheTurnsThatTheStoreGives() {
    start();
    request(2, SECOND);
    store(StoreField.CLOSED_UNTIL, -10 * MILLIS);
    store(StoreField.OPENED, 2);
    answer(reply(7, 20 * MILLIS, 520 * MILLIS), 1_010 * MILLIS);
    assertThat(gate.isClosedBy(gate.closings())).as("nobody has begun").isTrue();
    assertThat(gate.delay(1_010 * MILLIS)).isEqualTo(20 * MILLIS);
    assertThat(gate.begin(1_030 * MILLIS).isFirst).isTrue();
    assertThat(gate.isClosedBy(gate.closings())).isFalse();
    assertThat(gate.delay(1_030 * MILLIS)).isEqualTo(500 * MILLIS);
    assertThat(gate.begin(1_530 * MILLIS).isFirst).isFalse();
    assertThat(gate.delay(1_530 * MILLIS)).as("nobody's turn").isOne();
    assertThat(request(1, 1_530 * MILLIS).begun()).isZero();
  }

  @Test
  void theFirstTurnIsThatOfAnotherProcessIfTheStoreHasGivenMore() {
    start();
    request(2, SECOND);
    store(StoreField.OPENED, 3);
    answer(reply(7, 0L, SECOND), SECOND);
    assertThat(gate.begin(SECOND).isFirst).isFalse();
  }

  @Test
  void asksForMoreTurnsWhenTheLastIsNear() {
    start();
    request(2, SECOND);
    answer(reply(7, 0L, 200 * MILLIS), SECOND);
    gate.begin(SECOND);
    assertNoRequest(3, 1_150 * MILLIS - 1);
    assertNoRequest(1, 1_150 * MILLIS); // the call has a turn
    assertThat(request(2, 1_150 * MILLIS).turns()).isOne();
  }

  @Test
  void asksForNoMoreTurnsThanTwoAhead() {
    start();
    request(2, SECOND);
    answer(reply(7, 0L, 10 * MILLIS), SECOND);
    assertNoRequest(5, SECOND);
  }

  @Test
  void aTurnThatWasNotUsedForASecondIsVoid() {
    start();
    request(2, SECOND);
    store(StoreField.CLOSED_UNTIL, 0);
    store(StoreField.OPENED, 2);
    answer(reply(7, 0L, 100 * MILLIS), SECOND);
    assertThat(gate.delay(2 * SECOND)).isZero();
    assertThat(gate.delay(2 * SECOND + 1)).as("the second turn").isZero();
    assertThat(gate.begin(2 * SECOND + 1).isFirst).isFalse();
    assertThat(gate.delay(2 * SECOND + 1)).isOne();
  }

  @Test
  void aTurnMayBeUsedASecondLater() {
    start();
    request(1, SECOND);
    store(StoreField.CLOSED_UNTIL, 0);
    answer(reply(7, 0L), SECOND);
    assertThat(gate.delay(2 * SECOND)).isZero();
  }

  /** A change voids all turns, also in the store. */
  @Test
  void aPauseVoidsTheTurnsAfterIt() {
    startOpen();
    request(1, 0);
    answer(reply(7, 500 * MILLIS), 0);
    assertThat(gate.delay(0)).isEqualTo(500 * MILLIS);
    gate.pause(10 * MILLIS, 0);
    assertThat(gate.delay(0)).as("asks anew").isEqualTo(10 * MILLIS);
  }

  @Test
  void whatTheStoreHasForgottenIncludesTheTurns() {
    startOpen();
    request(1, 0);
    answer(reply(7, 500 * MILLIS), 0);
    gate.pushback(new Ticket(0, 0, true), 0, 0, 0); // to be reported
    request(1, 0);
    answer(noState(), 0);
    assertThat(gate.delay(0)).isOne();
  }

  @Test
  void aReplyAfterFiftyMillisecondsIsTooLate() {
    startOpen();
    request(1, SECOND);
    answer(reply(7, 0L), SECOND + 50 * MILLIS + 1);
    assertThat(gate.isDetached()).isTrue();
  }

  @Test
  void aProlongedPauseIsNotAnotherClosing() {
    start();
    int closings = gate.closings();
    Ticket first = gate.begin(SECOND);
    store(StoreField.CLOSED_UNTIL, 3 * SECOND);
    gate.onPublished(reply(8), SECOND);
    assertThat(gate.closedFor(SECOND)).isEqualTo(3 * SECOND);
    assertThat(gate.closings()).isEqualTo(closings);
    assertThat(gate.succeeded(first, SECOND)).as("it began before").isFalse();
  }

  /** What happened meanwhile is not known. */
  @Test
  void theStateAfterTheStoreWasGoneIsAnotherClosing() {
    startOpen();
    detach(SECOND);
    int closings = gate.closings();
    request(1, 2 * SECOND);
    answer(reply(7), 2 * SECOND);
    assertThat(gate.closings()).isEqualTo(closings + 1);
  }

  @ParameterizedTest
  @CsvSource({
    "949, 999",
    "950, 1000"
  }) // the store has 50 ms to answer a new request; else the pause
  void aTurnLongBeforeTheGateOpensIsVoid(long turnMillis, long delayMillis) {
    store(StoreField.CLOSED_UNTIL, SECOND);
    random = 0.02; // asks a millisecond before
    request(0, 0);
    answer(reply(7, turnMillis * MILLIS), 0);
    assertThat(gate.delay(0)).isEqualTo(delayMillis * MILLIS);
  }

  @Test
  void attemptsWithoutATurnAreReported() {
    start();
    assertThat(gate.begin(MILLIS).isFirst).isTrue();
    assertThat(gate.begin(2 * MILLIS).isFirst).isFalse();
    assertThat(request(0, 2 * MILLIS).begun()).isEqualTo(2);
    store(StoreField.CLOSED_UNTIL, 998 * MILLIS);
    answer(reply(7), 2 * MILLIS);
    assertNoRequest(0, 2 * MILLIS);
  }

  @Test
  void aLateRefusalIsReported() {
    start();
    Ticket late = new Ticket(0, 0, true);
    assertThat(gate.pushback(late, 0, 0, MILLIS)).isZero();
    StoreRequest report = request(0, MILLIS);
    assertThat(report.refused()).isOne();
    assertThat(report.change()).isNull();
    answer(reply(7), MILLIS);
    assertNoRequest(0, MILLIS);
  }

  @Test
  void aLateRefusalThatProlongsThePauseByMoreThanFiftyMillisecondsIsWritten() {
    start();
    gate.pushback(null, 1_050 * MILLIS, 0, 0);
    assertNoRequest(0, 0);
    gate.pushback(null, 1_051 * MILLIS, 0, 0);
    request(0, 0);
    answer(reply(7), 0);
    StoreRequest write = request(0, 0);
    assertThat(write.refused()).as("the attempts began before this gate was shared").isZero();
    assertThat(write.turns()).isZero();
    assertThat(write.change())
        .containsEntry(StoreField.CLOSED_UNTIL, 1_051.0 * MILLIS)
        .containsEntry(StoreField.CLOSINGS, 3.0);
    answer(changed(8), 0);
    assertNoRequest(0, 0);
  }

  @Test
  void aSuccessIsReportedIfThePauseWasInVainSoFar() {
    store(StoreField.LAST_CLOSING, SECOND);
    start();
    Ticket first = gate.begin(SECOND);
    gate.succeeded(first, SECOND);
    gate.succeeded(first, SECOND);
    assertThat(request(0, SECOND).succeeded()).isOne();
  }

  @Test
  void otherSuccessesAreNot() {
    start();
    Ticket first = gate.begin(SECOND);
    assertThat(gate.succeeded(gate.begin(SECOND), SECOND)).isFalse();
    assertThat(gate.succeeded(first, SECOND)).isTrue();
    assertThat(request(0, SECOND).succeeded()).isZero();
  }

  @Test
  void theNextClosingIsNotDoubledIfAnotherProcessHasHadASuccess() {
    store(StoreField.LAST_CLOSING, SECOND);
    start();
    assertThat(gate.lastClosedNanos).isEqualTo(SECOND);
    request(1, SECOND);
    store(StoreField.SUCCEEDED, 1);
    store(StoreField.CLOSED_UNTIL, 0);
    answer(reply(7), SECOND);
    assertThat(gate.lastClosedNanos).isZero();
  }

  @Test
  void aSuccessDuringThePauseOpensTheGateOfAll() {
    start();
    Ticket probe = gate.begin(100 * MILLIS);
    assertThat(gate.succeeded(probe, 200 * MILLIS)).isTrue();
    request(0, 200 * MILLIS);
    store(StoreField.CLOSED_UNTIL, 800 * MILLIS);
    answer(reply(7), 200 * MILLIS);
    // It is not the store's pause that counts. At two a second, the next turn is in half a second.
    assertThat(request(0, 200 * MILLIS).change())
        .containsEntry(StoreField.CLOSED_UNTIL, 0.0)
        .containsEntry(StoreField.NEXT_TURN, 500.0 * MILLIS)
        .containsEntry(StoreField.OPENED, 1.0);
  }

  @Test
  void aSuccessOfAnEarlierAttemptDoesNotEndThePauseOfAnotherProcess() {
    start();
    Ticket probe = gate.begin(SECOND);
    store(StoreField.CLOSED_UNTIL, 10 * SECOND);
    gate.onPublished(reply(8), 2 * SECOND);
    assertThat(gate.succeeded(probe, 3 * SECOND)).isFalse();
    assertThat(gate.closedFor(3 * SECOND)).isEqualTo(9 * SECOND);
    assertThat(request(0, 3 * SECOND).change()).isNull();
  }

  @Test
  void aSuccessRightBeforeTheGateOpensNeedNotBeWritten() {
    start();
    Ticket probe = gate.begin(900 * MILLIS);
    request(0, 900 * MILLIS);
    store(StoreField.CLOSED_UNTIL, 100 * MILLIS);
    answer(reply(7), 900 * MILLIS);
    assertNoRequest(0, 900 * MILLIS);
    assertThat(gate.succeeded(probe, 950 * MILLIS)).isTrue();
    assertNoRequest(0, 950 * MILLIS);
  }

  /** A hundred were accepted in the ten seconds before the gate was opened. */
  @Test
  void theRateIsMeasuredByWhatTheStoreHasCounted() {
    store(StoreField.MEASURED_SINCE, -10 * SECOND);
    request(0, 0);
    answer(reply(7), 0);
    assertNoRequest(0, 0);
    Ticket refused = gate.begin(0);
    gate.pushback(refused, SECOND, 0, 0);
    assertThat(gate.rate).as("not measured yet").isZero();
    StoreRequest read = request(0, 0);
    assertThat(read.refused()).isOne();
    store(StoreField.BEGUN, 102);
    store(StoreField.REFUSED, 2);
    store(StoreField.UNUSED, 5);
    answer(reply(7), 0);
    StoreRequest write = request(0, 0);
    assertThat(write.turns()).isOne();
    assertThat(write.change())
        .containsEntry(StoreField.RATE, 10.0)
        .containsEntry(StoreField.CLOSINGS, 4.0)
        .containsEntry(StoreField.MEASURED_SINCE, 0.0)
        .containsEntry(StoreField.BEGUN, 0.0);
    answer(changed(8), 0);
    assertNoRequest(0, 0);
  }

  @Test
  void turnsThatAreYetToComeAreNotCounted() {
    startOpen();
    request(1, 0);
    store(StoreField.BEGUN, 1_097);
    store(StoreField.REFUSED, 4);
    store(StoreField.UNUSED, 30);
    store(StoreField.NEXT_TURN, SECOND); // 97 turns from now
    answer(reply(7), 0);
    assertThat(gate.begun).isEqualTo(1_000);
    assertThat(gate.pushedBack).isEqualTo(4);
    assertThat(gate.unused).isEqualTo(30);
    assertThat(gate.measuredSince).isEqualTo(-10 * SECOND);
  }

  /** The rate is 97 + 100 (t / 15)³ a second: 101.97 turns from the fifth second to the sixth. */
  @Test
  void theGrowthOfTheRateIsPartOfTheTurnsToCome() {
    startOpen();
    request(1, 5 * SECOND);
    store(StoreField.CLOSED_UNTIL, -5 * SECOND);
    store(StoreField.BEGUN, 1_101);
    store(StoreField.NEXT_TURN, SECOND);
    answer(reply(7), 5 * SECOND);
    assertThat(gate.begun).isEqualTo(1_000);
  }

  /** At a rate that grows from two to eight, 4.3 turns are in one second. */
  @Test
  void turnsToComeAtTheFirstRateAreCountedToo() {
    start();
    request(1, SECOND);
    store(StoreField.CLOSED_UNTIL, 0);
    store(StoreField.BEGUN, 10);
    store(StoreField.NEXT_TURN, SECOND);
    answer(reply(7), SECOND);
    assertThat(gate.begun).isEqualTo(6);
  }

  @Test
  void aProcessAloneHasItsPartOfTheRate() {
    members = 4;
    random = 0.5;
    startOpen();
    detach(SECOND);
    assertThat(gate.rate).isEqualTo(25);
    assertThat(gate.divisor).isEqualTo(4);
    // Half an interval, at 24.25 a second and slightly more.
    assertThat(gate.delay(SECOND) / 1e9).isCloseTo(0.5 / 24.25, within(1e-4));
    assertThat(gate.begin(SECOND + 50 * MILLIS).isFirst).isFalse();
  }

  @Test
  void aProcessAloneWaitsForTheEndOfThePause() {
    start();
    detachWhileClosed(SECOND / 2);
    assertThat(gate.delay(SECOND / 2)).isEqualTo(SECOND / 2);
    assertThat(gate.begin(SECOND).isFirst).isTrue();
  }

  @Test
  void asksAgainASecondAfterTheStoreDidNotAnswer() {
    startOpen();
    detach(51 * MILLIS); // asked almost 50 ms before
    gate.onReply(gate.requests(), reply(7), 60 * MILLIS);
    assertThat(gate.isDetached()).as("too late").isTrue();
    assertNoRequest(1, 1_000 * MILLIS);
    StoreRequest again = request(1, 1_001 * MILLIS);
    assertThat(again.turns()).isZero();
    assertThat(again.change()).isNull();
    answer(reply(7), 1_010 * MILLIS);
    assertThat(gate.isDetached()).isFalse();
    assertThat(gate.rate).isEqualTo(100);
    assertThat(gate.divisor).isOne();
  }

  @Test
  void aRequestThatFailsIsAsOneThatIsNotAnswered() {
    members = 2;
    startOpen();
    request(1, SECOND);
    answer(null, SECOND);
    assertThat(gate.isDetached()).isTrue();
    assertThat(gate.rate).isEqualTo(50);
    request(1, 2 * SECOND);
    answer(null, 2 * SECOND);
    assertThat(gate.rate).as("not divided again").isEqualTo(50);
  }

  @Test
  void aDormantProcessDoesNotMissTheReply() {
    request(0, 0);
    gate.checkOverdue(10 * SECOND);
    assertThat(gate.isDetached()).isFalse();
    answer(reply(7), 10 * SECOND);
    assertThat(gate.isDormant()).isFalse();
  }

  @Test
  void theReplyToAnEarlierRequestIsIgnored() {
    startOpen();
    request(1, 0);
    gate.onReply(gate.requests() - 1, null, 0);
    assertThat(gate.isDetached()).isFalse();
    assertThat(gate.isAwaited(gate.requests())).isTrue();
    answer(reply(7), 0);
    assertThat(gate.isAwaited(gate.requests())).isFalse();
  }

  @Test
  void aRefusalMeasuresThePartOfAProcessAlone() {
    members = 4;
    startOpen();
    detach(SECOND / 2);
    Ticket refused = gate.begin(SECOND / 2);
    for (int i = 0; i < 8; i++) {
      gate.begin(SECOND / 2);
    }
    // Perhaps other processes are the reason, so it is no failure of the call.
    long later = 4 * SECOND + SECOND / 2;
    assertThat(gate.pushback(refused, RateGate.NO_HINT, SECOND, later)).isZero();
    // Two a second, below the rate of 25: eight attempts move it halfway.
    assertThat(gate.rate).isCloseTo(13.5, within(1e-6));
  }

  @Test
  void theOnlyProcessIsToldThatItsRefusalWasTheFirst() {
    store(StoreField.LAST_CLOSING, SECOND);
    start();
    detachWhileClosed(SECOND / 2);
    Ticket first = gate.begin(SECOND);
    assertThat(gate.pushback(first, RateGate.NO_HINT, SECOND, SECOND)).isNotZero();
    assertThat(gate.closedFor(SECOND)).isEqualTo(2 * SECOND);
  }

  @Test
  void aPauseThatAProcessAloneIsToldIsWrittenLater() {
    startOpen();
    detach(SECOND);
    Ticket refused = gate.begin(SECOND);
    gate.pausedUntil = 61 * SECOND;
    gate.pushback(refused, 60 * SECOND, 0, SECOND);
    request(1, 2 * SECOND);
    answer(reply(7), 2 * SECOND);
    assertThat(gate.closedFor(2 * SECOND)).isEqualTo(59 * SECOND);
    assertThat(gate.pausedUntil).isEqualTo(61 * SECOND);
    StoreRequest write = request(1, 2 * SECOND);
    assertThat(write.version()).isEqualTo(7);
    assertThat(write.change()).containsEntry(StoreField.CLOSED_UNTIL, 59.0 * SECOND);
  }

  @ParameterizedTest
  @CsvSource({"-1", "0"}) // the delay of the call is its own, or no delay was asked for
  void aPauseThatTheProviderHasNotAskedForIsNotWritten(long hint) {
    startOpen();
    detach(SECOND);
    gate.pushback(gate.begin(SECOND), hint, 60 * SECOND, SECOND);
    request(1, 2 * SECOND);
    store(StoreField.CLOSED_UNTIL, -2 * SECOND);
    answer(reply(7), 2 * SECOND);
    assertThat(gate.closedUntil()).isZero();
  }

  @Test
  void anotherProcessStopsThisOne() {
    members = 2;
    start();
    int closing = gate.closings();
    store(StoreField.CLOSED_UNTIL, 5 * SECOND);
    store(StoreField.PAUSED_UNTIL, 4 * SECOND);
    store(StoreField.CLOSINGS, 4);
    store(StoreField.RATE, 12);
    members = 3;
    gate.onPublished(reply(8), 2 * SECOND);
    assertThat(gate.members()).isEqualTo(3);
    assertThat(gate.closedUntil()).isEqualTo(7 * SECOND);
    assertThat(gate.pausedUntil).isEqualTo(6 * SECOND);
    assertThat(gate.rate).isEqualTo(12);
    assertThat(gate.closings()).isEqualTo(closing + 1);
    assertNoRequest(5, 2 * SECOND);
    assertThat(request(5, 7 * SECOND).version()).isEqualTo(8);
  }

  @Test
  void whatIsKnownAlreadyIsNotTakenOverAgain() {
    start();
    store(StoreField.CLOSED_UNTIL, 5 * SECOND);
    gate.onPublished(reply(7), 0);
    gate.onPublished(reply(6), 0);
    gate.onPublished(noState(), 0);
    assertThat(gate.closedFor(0)).isEqualTo(SECOND);
  }

  @Test
  void aMessageVoidsTheTurns() {
    start();
    request(1, SECOND);
    answer(reply(7, 100 * MILLIS), SECOND);
    store(StoreField.CLOSED_UNTIL, 90 * MILLIS);
    gate.onPublished(reply(8), SECOND);
    assertThat(gate.delay(SECOND)).as("asks anew").isEqualTo(90 * MILLIS);
  }

  @Test
  void aProcessAloneTakesItsPartOfARateThatItIsTold() {
    members = 4;
    startOpen();
    detach(SECOND);
    store(StoreField.RATE, 80);
    gate.onPublished(reply(8), SECOND);
    assertThat(gate.isDetached()).isTrue();
    assertThat(gate.rate).isEqualTo(20);
    assertThat(gate.divisor).isEqualTo(4);
    request(1, 2 * SECOND);
    answer(reply(8), 2 * SECOND);
    assertThat(gate.rate).isEqualTo(80);
  }

  @Test
  void aPauseThatIsNotWrittenYetProlongsThatOfAnotherProcess() {
    start();
    gate.pause(3 * SECOND, 0);
    store(StoreField.CLOSED_UNTIL, 2 * SECOND);
    gate.onPublished(reply(8), 0);
    assertThat(gate.closedFor(0)).isEqualTo(3 * SECOND);
    request(0, 0);
    answer(reply(8), 0);
    assertThat(request(0, 0).change()).containsEntry(StoreField.CLOSED_UNTIL, 3.0 * SECOND);
  }

  @Test
  void aPauseThatIsHardlyLongerIsForgotten() {
    start();
    gate.pause(2_050 * MILLIS, 0);
    store(StoreField.CLOSED_UNTIL, 2 * SECOND);
    gate.onPublished(reply(8), 0);
    assertThat(gate.closedFor(0)).isEqualTo(2 * SECOND);
    assertNoRequest(0, 0);
  }

  @Test
  void aPauseThatIsOnlyKnownToTheStoreMayBeShortened() {
    start();
    store(StoreField.CLOSED_UNTIL, 100 * MILLIS);
    gate.onPublished(reply(8), 0);
    assertThat(gate.closedFor(0)).isEqualTo(100 * MILLIS);
  }

  @Test
  void aChangeThatCameTooLateIsMadeAgain() {
    start();
    gate.pause(3 * SECOND, 0);
    request(0, 0);
    answer(reply(7), 0);
    assertThat(request(0, 0).change()).isNotNull();
    store(StoreField.CLOSED_UNTIL, 2 * SECOND);
    answer(reply(8), 0); // another process was faster
    assertThat(gate.closedFor(0)).isEqualTo(3 * SECOND);
    StoreRequest write = request(0, 0);
    assertThat(write.version()).isEqualTo(8);
    assertThat(write.change()).containsEntry(StoreField.CLOSED_UNTIL, 3.0 * SECOND);
  }

  @Test
  void aChangeThatTheStoreMayNotHaveTakenIsMadeAgain() {
    start();
    gate.pause(3 * SECOND, 0);
    request(0, 0);
    answer(reply(7), 0);
    assertThat(request(0, 0).change()).isNotNull();
    gate.checkOverdue(51 * MILLIS);
    request(0, SECOND);
    store(StoreField.CLOSED_UNTIL, 0);
    answer(reply(7), SECOND);
    assertThat(request(0, SECOND).change()).containsEntry(StoreField.CLOSED_UNTIL, 2.0 * SECOND);
  }

  @Test
  void aResetIsWritten() {
    start();
    gate.reset();
    assertThat(gate.isDormant()).isTrue();
    requireNonNull(gate.request(false, 0, 0));
    answer(reply(7), 0);
    StoreRequest write = requireNonNull(gate.request(false, 0, 0));
    assertThat(write.change()).containsEntry(StoreField.CLOSINGS, 0.0);
    store(StoreField.CLOSINGS, 0);
    answer(changed(8), 0);
    assertThat(gate.request(false, 0, 0)).isNull();
    gate.pause(SECOND, 0);
    request(0, 0);
    answer(reply(8), 0);
    assertThat(request(0, 0).change()).containsEntry(StoreField.CLOSINGS, 1.0);
  }

  @Test
  void theResetOfAnotherProcessIsFollowed() {
    start();
    store(StoreField.CLOSINGS, 0);
    gate.onPublished(reply(8), 0);
    assertThat(gate.isDormant()).isTrue();
    assertThat(gate.rate(0)).isInfinite();
  }

  @Test
  void aStateThatTheStoreHasForgottenIsWrittenAgain() {
    startOpen();
    request(1, 0);
    answer(noState(), 0);
    StoreRequest write = request(1, 0);
    assertThat(write.version()).isZero();
    assertThat(write.turns()).isOne();
    assertThat(write.change())
        .containsEntry(StoreField.RATE, 100.0)
        .containsEntry(StoreField.CLOSINGS, 1.0);
  }

  @Test
  void theRateOfAllIsWrittenIfTheStoreHasForgottenItWhileItWasGone() {
    members = 4;
    startOpen();
    detach(SECOND);
    request(1, 2 * SECOND);
    answer(noState(), 2 * SECOND);
    assertThat(request(1, 2 * SECOND).change()).containsEntry(StoreField.RATE, 100.0);
    assertThat(gate.divisor).isOne();
  }

  @Test
  void aDormantProcessNeedNotWriteWhatTheStoreHasForgotten() {
    startOpen();
    assertThat(gate.tryRest(100 * SECOND)).isTrue();
    request(0, 100 * SECOND);
    answer(noState(), 100 * SECOND);
    assertNoRequest(0, 100 * SECOND);
  }

  @Test
  void aStateFromLongAgoLimitsNothingButItsRateIsKnown() {
    store(StoreField.RATE, 100);
    store(StoreField.CLOSED_UNTIL, -61 * SECOND);
    request(0, 0);
    answer(reply(7), 0);
    assertThat(gate.isDormant()).isTrue();
    assertThat(gate.rate).isEqualTo(100);
  }

  @Test
  void whatWasCountedWhileDormantIsNotMeasured() {
    startOpen();
    assertThat(gate.tryRest(100 * SECOND)).isTrue();
    gate.pause(SECOND, 100 * SECOND);
    request(0, 100 * SECOND);
    store(StoreField.BEGUN, 1_000);
    store(StoreField.MEASURED_SINCE, -110 * SECOND);
    store(StoreField.CLOSED_UNTIL, -100 * SECOND);
    answer(reply(7), 100 * SECOND + 10 * MILLIS);
    assertThat(request(0, 100 * SECOND + 10 * MILLIS).change())
        .containsEntry(StoreField.RATE, 100.0)
        .containsEntry(StoreField.BEGUN, 0.0)
        .containsEntry(StoreField.MEASURED_SINCE, -10.0 * MILLIS)
        .containsEntry(StoreField.CLOSINGS, 4.0);
  }
}
