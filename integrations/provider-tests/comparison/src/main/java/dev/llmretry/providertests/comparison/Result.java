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
    return text.append(end == End.RETURNED ? ", no error" : "").toString();
  }
}
