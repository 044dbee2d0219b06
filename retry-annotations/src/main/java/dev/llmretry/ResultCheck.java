package dev.llmretry;

import org.jspecify.annotations.Nullable;

/**
 * Looks at the result of an attempt: providers also fail with HTTP 200, with a refusal, an empty
 * answer or an error in the body. A rejected result is treated like an exception of its kind. If no
 * retry follows, that result is returned all the same.
 *
 * <pre>{@code
 * final class NotEmpty implements ResultCheck<Answer> {
 *   public @Nullable Rejection check(Answer answer) {
 *     return answer.text().isBlank() ? Rejection.of("the answer is empty") : null;
 *   }
 * }
 *
 * @LlmRetry(check = NotEmpty.class)
 * Answer ask(String question);
 * }</pre>
 *
 * <p>For a future, the result is its value. For a publisher, a stream or a callback, the elements
 * of the {@linkplain LlmRetry#preamble preamble} and the first element of content are checked, by
 * {@link #checkElement}.
 *
 * <p>One instance is shared by all calls of the method, so it must be safe for use by several
 * threads. It is called by the thread on which the result arrives, within the attempt's time limit;
 * it must not block, and must not consume or close the result. An exception that it throws is
 * logged, and the result stands.
 *
 * @param <R> the result of the method, or the elements
 */
@FunctionalInterface
public interface ResultCheck<R> {

  /**
   * Checks a result.
   *
   * @param result a result or an element; not null
   * @return why it is rejected, or null to accept it
   */
  @Nullable Rejection check(R result);

  /**
   * Checks an element of a publisher, a stream or a callback. By default it is checked like a
   * result. To be overridden if one type is used for both: an element that would be rejected as a
   * result, because it is empty, may be followed by content.
   *
   * @param element an element, before any content or the first with content; not null
   * @return why it is rejected, or null to accept it
   */
  default @Nullable Rejection checkElement(R element) {
    return check(element);
  }

  /**
   * Checks the absence of a result: the method returned null, its future has the value null, or its
   * stream ended without an element of content. By default it is rejected.
   *
   * @return why it is rejected, or null to accept it
   */
  default @Nullable Rejection checkAbsent() {
    return Rejection.of("there is no result");
  }
}
