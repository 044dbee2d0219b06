package dev.llmretry.providertests.comparison;

import dev.llmretry.providertests.Reply;
import java.time.Duration;

/** How a provider says what. */
interface Dialect {

  /** Returns a proper answer. */
  Reply answer();

  /** Returns a proper answer, streamed. */
  Reply streamedAnswer();

  /**
   * Returns the answer to one who is to wait.
   *
   * @param wait how long, in whole seconds
   */
  Reply rateLimited(Duration wait);

  /** Returns the answer to one who has used up the quota, or the money. */
  Reply quotaExhausted();

  /** Returns the answer of a provider with too much to do. */
  Reply overloaded();

  /** Returns the answer of a provider that is broken. */
  Reply serverError();

  /** Returns the answer to a prompt that is too long. */
  Reply promptTooLong();

  /** Returns the answer to a wrong key. */
  Reply wrongKey();

  /** Returns a stream that says before any content that the provider is overloaded. */
  Reply streamOverloaded();

  /** Returns a stream that says so after one piece of content. */
  Reply streamOverloadedLater();
}
