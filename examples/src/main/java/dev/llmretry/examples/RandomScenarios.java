package dev.llmretry.examples;

import dev.llmretry.examples.client.ContextLengthException;
import dev.llmretry.examples.client.NetworkException;
import dev.llmretry.examples.client.ProviderTimeoutException;
import dev.llmretry.examples.client.QuotaExceededException;
import dev.llmretry.examples.client.RateLimitException;
import dev.llmretry.examples.client.ServerException;
import dev.llmretry.examples.provider.Replies;
import dev.llmretry.examples.provider.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/** Scenarios left to chance. The same seed always makes the same ones. */
final class RandomScenarios {

  private static final int MAX_FAULTS = 6;

  /** The attempts that the annotations on LlmClient allow. */
  private static final int COMPLETE_ATTEMPTS = 4;

  private static final int EMBED_ATTEMPTS = 6;

  /** Longer than any wait of a random call. */
  private static final long LONG = 10_000;

  private RandomScenarios() {}

  /**
   * A reply that is an error.
   *
   * @param retried whether the wrapper tries again after it
   * @param thrown what it throws if it does not
   * @param askedMillis how long the provider asks to wait, or 0
   */
  private record Fault(
      Reply reply, boolean retried, Class<? extends Exception> thrown, long askedMillis) {

    static Fault passing(Reply reply, Class<? extends Exception> thrown) {
      return new Fault(reply, true, thrown, 0);
    }

    static Fault lasting(Reply reply, Class<? extends Exception> thrown) {
      return new Fault(reply, false, thrown, 0);
    }
  }

  static List<Scenario> draw(long seed, int count) {
    Random random = new Random(seed);
    List<Scenario> scenarios = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      scenarios.add(draw(random));
    }
    return scenarios;
  }

  private static Scenario draw(Random random) {
    Call call = random.nextInt(3) == 0 ? Call.EMBED : Call.COMPLETE;
    List<Fault> faults = new ArrayList<>();
    do {
      faults.add(drawFault(random));
    } while (faults.size() < MAX_FAULTS && random.nextBoolean());
    List<Reply> replies = faults.stream().map(Fault::reply).toList();
    String title = replies.stream().map(Reply::label).collect(Collectors.joining(", "));
    return new Scenario(
        call.method() + ": " + title, "", call, replies, null, expectation(call, faults));
  }

  private static Fault drawFault(Random random) {
    return switch (random.nextInt(14)) {
      case 0, 1, 2 -> Fault.passing(Replies.unavailable(), ServerException.class);
      case 3, 4 -> Fault.passing(Replies.overloaded(), ServerException.class);
      case 5, 6, 7 -> drawRateLimit(random);
      case 8, 9, 10 -> Fault.passing(Replies.drop(), NetworkException.class);
      case 11 -> Fault.passing(Replies.silence(), ProviderTimeoutException.class);
      case 12 -> Fault.lasting(Replies.contextLengthExceeded(), ContextLengthException.class);
      default -> Fault.lasting(Replies.quotaExceeded(), QuotaExceededException.class);
    };
  }

  private static Fault drawRateLimit(Random random) {
    long millis = 50L + random.nextInt(250);
    Reply reply = Replies.rateLimited().with("retry-after-ms", Long.toString(millis));
    return new Fault(reply, true, RateLimitException.class, millis);
  }

  private static Expectation expectation(Call call, List<Fault> faults) {
    int limit = call == Call.COMPLETE ? COMPLETE_ATTEMPTS : EMBED_ATTEMPTS;
    long asked = 0;
    int attempt = 1;
    for (Fault fault : faults) {
      if (!fault.retried() || attempt == limit) {
        return Expectation.thrown(fault.thrown(), attempt).waiting(asked, LONG);
      }
      asked += fault.askedMillis();
      attempt++;
    }
    return Expectation.answer(attempt).waiting(asked, LONG);
  }
}
