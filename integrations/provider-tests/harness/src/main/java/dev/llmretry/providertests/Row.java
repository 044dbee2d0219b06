package dev.llmretry.providertests;

import dev.llmretry.FailureKind;
import java.time.Duration;
import java.util.List;

/**
 * What a provider answers to the first requests, and what must come of it. To a request after
 * those, it answers properly.
 *
 * @param name tells rows apart
 * @param replies the answers, all failures
 * @param kind what each of them is taken for
 * @param reason what told the kind, as in {@link
 *     dev.llmretry.runtime.classification.Failure#reason}
 * @param calls how many requests are made in all
 * @param waits how long it is waited between them
 * @param status the HTTP status of the failures
 */
public record Row(
    String name,
    List<Reply> replies,
    FailureKind kind,
    String reason,
    int calls,
    List<Duration> waits,
    int status) {

  /** The first wait where the provider asks for none. */
  public static final Duration BACKOFF = Duration.ofMillis(100);

  /** Makes a row. */
  public Row {
    replies = List.copyOf(replies);
    waits = List.copyOf(waits);
  }

  /** Makes a row whose failures have the status that was answered. */
  public Row(
      String name,
      List<Reply> replies,
      FailureKind kind,
      String reason,
      int calls,
      List<Duration> waits) {
    this(name, replies, kind, reason, calls, waits, replies.get(0).answeredStatus());
  }

  /** Returns the same row with a status that the SDK found elsewhere in the answer. */
  public Row withStatus(int other) {
    return new Row(name, replies, kind, reason, calls, waits, other);
  }

  /** Returns a row for an answer after which nothing more is tried. */
  public static Row ends(String name, Reply reply, FailureKind kind, String reason) {
    return new Row(name, List.of(reply), kind, reason, 1, List.of());
  }

  /** Returns a row for an answer that is followed by another try, after that wait. */
  public static Row retried(
      String name, Reply reply, FailureKind kind, String reason, Duration wait) {
    return new Row(name, List.of(reply), kind, reason, 2, List.of(wait));
  }

  /** Returns a row for an answer that is followed by another try, after backoff. */
  public static Row retried(String name, Reply reply, FailureKind kind, String reason) {
    return retried(name, reply, kind, reason, BACKOFF);
  }

  @Override
  public String toString() {
    return name;
  }
}
