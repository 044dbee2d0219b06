package dev.llmretry.examples;

import dev.llmretry.examples.provider.Reply;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A call, how the provider will react to it, and how that should end.
 *
 * @param title what happens
 * @param lesson what to see in it
 * @param call what is called
 * @param replies the provider's replies, in their order; answers follow
 * @param cancelAfter how long into the first wait the caller cancels, or null if it does not
 * @param expected how it should end
 */
record Scenario(
    String title,
    String lesson,
    Call call,
    List<Reply> replies,
    @Nullable Duration cancelAfter,
    Expectation expected) {

  Scenario {
    replies = List.copyOf(replies);
  }

  static Scenario of(
      String title, String lesson, Call call, Expectation expected, Reply... replies) {
    return new Scenario(title, lesson, call, List.of(replies), null, expected);
  }

  /** Returns the same scenario, with a caller who loses patience. */
  Scenario cancelledAfter(Duration patience) {
    return new Scenario(title, lesson, call, replies, patience, expected);
  }
}
