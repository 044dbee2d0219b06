package dev.llmretry.examples;

import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * What the command line asks for.
 *
 * @param help whether it asks for help
 * @param seed for a random run, or null
 */
record Options(boolean help, @Nullable Long seed) {

  static final String HELP =
      """
      Shows LlmRetry at work: calls an embedded provider that fails, through a generated wrapper.

        (nothing)    plays one scenario after the other and compares each with what it should do
        --seed N     makes 20 calls to a provider that fails at random; the same N, the same faults
        --random     the same with a seed of its own choice, which it prints
        --help       prints this

      With OPENAI_BASE_URL and OPENAI_API_KEY set and no option, it makes one call to that provider
      instead, of the model OPENAI_MODEL (gpt-4o-mini unless set).

      Ends with 0 if all calls ended as they should, 1 if not, 2 if it was called wrongly.
      """;

  /** Returns whether a provider in the environment is to be called, if there is one. */
  boolean mayCallRealProvider() {
    return !help && seed == null;
  }

  /**
   * Parses.
   *
   * @throws IllegalArgumentException with a message for the user
   */
  static Options parse(String... args) {
    if (args.length == 0) {
      return new Options(false, null);
    }
    String option = args[0];
    if (option.equals("--seed")) {
      if (args.length == 1) {
        throw new IllegalArgumentException("--seed needs a number");
      }
      rejectMore(args, 2);
      return new Options(false, seed(args[1]));
    }
    rejectMore(args, 1);
    return switch (option) {
      case "--random" -> new Options(false, (long) new Random().nextInt(1_000_000));
      case "--help", "-h" -> new Options(true, null);
      default -> throw new IllegalArgumentException("Unknown option " + option);
    };
  }

  private static void rejectMore(String[] args, int known) {
    if (args.length > known) {
      throw new IllegalArgumentException("Unexpected argument " + args[known]);
    }
  }

  private static long seed(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("--seed needs a whole number, not " + text, e);
    }
  }
}
