package dev.llmretry.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmretry.FailureKind;
import dev.llmretry.runtime.CancelledException;
import dev.llmretry.runtime.GiveUpReason;
import dev.llmretry.runtime.RejectedResultException;
import java.util.ArrayList;
import java.util.List;

/** Cases of results that a check accepts or rejects. */
final class CheckCases {

  private CheckCases() {}

  static List<RetryCase> all() {
    List<RetryCase> cases = new ArrayList<>();
    add(cases, "an accepted result is returned", checked())
        .script(Step.returns("ok"))
        .returns("ok")
        .calls(1);
    add(cases, "a rejected result is retried", checked())
        .script(Step.returns(AnswerCheck.INVALID), Step.returns("ok"))
        .returns("ok")
        .calls(2)
        .waits(100)
        .afterwards(
            environment ->
                assertThat(environment.events)
                    .containsExactly("retry 1 INVALID_OUTPUT", "success 2"));
    add(cases, "a result that is rejected again and again is returned at the end", checked())
        .script(Step.returns(AnswerCheck.INVALID))
        .returnsRejected(AnswerCheck.INVALID)
        .calls(4)
        .waits(100, 200, 400);
    add(cases, "a result that is rejected for good is returned at once", checked())
        .script(Step.returns(AnswerCheck.FILTERED))
        .returnsRejected(AnswerCheck.FILTERED)
        .calls(1);
    add(cases, "a kind that is not retried applies to rejected results", abortingOnInvalid())
        .script(Step.returns(AnswerCheck.INVALID))
        .returnsRejected(AnswerCheck.INVALID)
        .calls(1);
    add(cases, "a kind that is retried applies to rejected results", retryingFiltered())
        .script(Step.returns(AnswerCheck.FILTERED), Step.returns("ok"))
        .returns("ok")
        .calls(2)
        .waits(100);
    add(cases, "a rejection may ask for a delay", checked())
        .script(Step.returns(AnswerCheck.LIMITED), Step.returns("ok"))
        .returns("ok")
        .calls(2)
        .waits(1_000);
    add(cases, "a rejected result is returned if its retry would miss the deadline", briefly())
        .script(Step.returns(AnswerCheck.INVALID))
        .returnsRejected(AnswerCheck.INVALID)
        .calls(2)
        .waits(100);
    add(cases, "a check that throws accepts the result", checked())
        .script(Step.returns(AnswerCheck.CONFUSING))
        .returns(AnswerCheck.CONFUSING)
        .calls(1);
    add(cases, "no result is rejected", checked())
        .script(Step.returns(null), Step.returns("ok"))
        .returns("ok")
        .calls(2)
        .waits(100);
    add(cases, "no result is returned at the end", checked())
        .script(Step.returns(null))
        .returnsRejected(null)
        .calls(4)
        .waits(100, 200, 400);
    ProviderError last = new ProviderError(FailureKind.UNAUTHORIZED);
    add(cases, "an error after a rejected result is thrown", checked())
        .script(Step.returns(AnswerCheck.INVALID), Step.fails(last))
        .throwsSame(last, GiveUpReason.NOT_RETRYABLE)
        .calls(2)
        .waits(100);
    add(cases, "a result that is rejected after an error is returned", checked())
        .script(Step.fails(RetryCases.server()), Step.returns(AnswerCheck.FILTERED))
        .returnsRejected(AnswerCheck.FILTERED)
        .calls(2)
        .waits(100);
    add(cases, "a cancellation ends the delay after a rejected result", checked())
        .given(environment -> environment.at(50, environment.call::cancel))
        .script(Step.returns(AnswerCheck.INVALID))
        .throwing(CheckCases::isCancelledAfterRejection, GiveUpReason.CANCELLED)
        .calls(1)
        .waits(100)
        .takes(50);
    return cases;
  }

  private static RetryCase add(List<RetryCase> cases, String name, Settings settings) {
    return RetryCases.add(cases, name, settings);
  }

  static Settings checked() {
    return RetryCases.standard().check(AnswerCheck.class);
  }

  private static Settings abortingOnInvalid() {
    return checked().abortOn(FailureKind.INVALID_OUTPUT);
  }

  private static Settings retryingFiltered() {
    return checked().retryOn(FailureKind.CONTENT_FILTERED);
  }

  private static Settings briefly() {
    return checked().deadlineMs(300);
  }

  private static void isCancelledAfterRejection(Throwable thrown) {
    assertThat(thrown).isInstanceOf(CancelledException.class);
    assertThat(((CancelledException) thrown).lastFailure())
        .isInstanceOfSatisfying(
            RejectedResultException.class,
            rejected -> assertThat(rejected.rejection().reason()).isEqualTo(AnswerCheck.INVALID));
  }
}
