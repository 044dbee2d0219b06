package dev.llmretry.providertests.comparison;

import java.time.Duration;
import java.util.Locale;

/**
 * What became of a call.
 *
 * @param requests how many the provider saw
 * @param waited how long the caller waited
 * @param end how it ended
 */
record Result(int requests, Duration waited, End end) {

  /** Less than that is no wait, but work. */
  private static final Duration WAIT = Duration.ofMillis(100);

  /** How a call ends. */
  enum End {
    /** With an error. */
    FAILED,
    /** With an error, after the same content had come more than once. */
    REPEATED,
    /** As if all was well. */
    RETURNED,
    /** Not before our patience. */
    STOPPED
  }

  /** Says it in a few words, such as {@code 3 requests, 4.0 s}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append(requests).append(requests == 1 ? " request" : " requests");
    if (end == End.STOPPED) {
      text.append(", > ").append(waited.toSeconds()).append(" s");
    } else if (waited.compareTo(WAIT) >= 0) {
      text.append(String.format(Locale.ROOT, ", %.1f s", waited.toMillis() / 1000.0));
    }
    String remark =
        switch (end) {
          case REPEATED -> ", content repeated";
          case RETURNED -> ", no error";
          case FAILED, STOPPED -> "";
        };
    return text.append(remark).toString();
  }
}
