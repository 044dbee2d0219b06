package dev.llmretry.providertests.comparison;

import dev.llmretry.providertests.Reply;
import java.time.Duration;

/** A failure, which every attempt meets. */
enum Situation {
  RATE_LIMIT("429, to wait 2 s"),
  RATE_LIMIT_OF_A_DAY("429, to wait a day"),
  QUOTA("429, quota or spend limit exhausted"),
  OVERLOADED("503 or 529, overloaded"),
  SERVER_ERROR("500"),
  CONNECTION_RESET("connection reset"),
  PROMPT_TOO_LONG("400, prompt too long"),
  WRONG_KEY("wrong key"),
  STREAM_OVERLOADED("stream, overloaded before content"),
  STREAM_OVERLOADED_LATER("stream, overloaded after content");

  private final String title;

  Situation(String title) {
    this.title = title;
  }

  /** Returns its name in the table. */
  String title() {
    return title;
  }

  /** Returns whether the answer is asked for piece by piece. */
  boolean streaming() {
    return this == STREAM_OVERLOADED || this == STREAM_OVERLOADED_LATER;
  }

  /** Returns what the provider does. */
  Reply reply(Dialect dialect) {
    return switch (this) {
      case RATE_LIMIT -> dialect.rateLimited(Duration.ofSeconds(2));
      case RATE_LIMIT_OF_A_DAY -> dialect.rateLimited(Duration.ofDays(1));
      case QUOTA -> dialect.quotaExhausted();
      case OVERLOADED -> dialect.overloaded();
      case SERVER_ERROR -> dialect.serverError();
      case CONNECTION_RESET -> Reply.reset();
      case PROMPT_TOO_LONG -> dialect.promptTooLong();
      case WRONG_KEY -> dialect.wrongKey();
      case STREAM_OVERLOADED -> dialect.streamOverloaded();
      case STREAM_OVERLOADED_LATER -> dialect.streamOverloadedLater();
    };
  }
}
