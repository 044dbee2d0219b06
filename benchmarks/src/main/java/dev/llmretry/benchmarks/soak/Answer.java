package dev.llmretry.benchmarks.soak;

import dev.llmretry.Rejection;
import dev.llmretry.ResultCheck;

/**
 * The result of an attempt.
 *
 * @param call the call
 * @param attempt the attempt, from 0
 */
record Answer(Call call, int attempt) {

  /** Rejects the results of attempts whose fault is {@link Fault#REJECTED}. */
  static final class Check implements ResultCheck<Answer> {

    @Override
    public Rejection check(Answer answer) {
      boolean isRejected = answer.call().fault(answer.attempt()) == Fault.REJECTED;
      return isRejected ? Rejection.of("the fault of the attempt") : null;
    }
  }
}
