package dev.llmretry;

/**
 * Changes the request for the next attempt: raises the limit of tokens after an answer that was cut
 * off, shortens a prompt that does not fit, or appends what was wrong with the last answer.
 *
 * <pre>{@code
 * final class AskAgain implements Reviser<String> {
 *   public String revise(String prompt, FailureKind kind, Throwable error) {
 *     return kind == FailureKind.INVALID_OUTPUT
 *         ? prompt + "\nThe last answer was rejected: " + error.getMessage()
 *         : prompt;
 *   }
 * }
 *
 * @LlmRetry(check = ValidJson.class, revise = AskAgain.class)
 * String ask(@Revised String prompt);
 * }</pre>
 *
 * <p>Before each later attempt it is called once for each failure so far, the oldest first: with
 * the caller's request, then with what it has returned. Of more than 33 failures, only the first
 * and the latest 32 count. So it needs no state, and must not have any: one instance is shared by
 * all calls of the method, on several threads. It must not change the request itself, only return
 * another. If it throws or returns null, that is logged, and the request is passed on as it was.
 *
 * @param <Q> the type of the parameter that is marked {@link Revised}
 */
@FunctionalInterface
public interface Reviser<Q> {

  /**
   * Returns the request for the attempt that follows a failed one.
   *
   * @param request the request of the failed attempt; null if the caller passed null
   * @param kind the kind of the failure
   * @param error the error of the attempt. If its result was rejected, it is a {@code
   *     RejectedResultException}, which has the result and the reason
   * @return the next request, or {@code request} itself; not null
   */
  Q revise(Q request, FailureKind kind, Throwable error);
}
