package dev.llmretry.examples;

import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * What the command line asks for.
 *
 * @param help whether it asks for help
 * @param real whether it asks for a real provider
 * @param seed for a random run, or null
 */
record Options(boolean help, boolean real, @Nullable Long seed) {

  static final String HELP =
      """
      Shows LlmRetry at work: calls an embedded provider that fails, through a generated wrapper.

        (nothing)    plays one scenario after the other and compares each with what it should do
        --seed N     makes 20 calls to a provider that fails at random; the same N, the same faults
        --random     the same with a seed of its own choice, which it prints
        --real       makes one call to a real provider: the environment has its OPENAI_API_KEY, and
                     perhaps OPENAI_BASE_URL (by default https://api.openai.com/v1) and OPENAI_MODEL
                     (by default gpt-4o-mini)
        --help       prints this

      Ends with 0 if all calls ended as they should, 1 if not, 2 if it was called wrongly.
      """;

  /**
   * Parses.
   *
   * @throws IllegalArgumentException with a message for the user
   */
  static Options parse(String... args) {
    if (args.length == 0) {
      return new Options(false, false, null);
    }
    String option = args[0];
    if (option.equals("--seed")) {
      if (args.length == 1) {
        throw new IllegalArgumentException("--seed needs a number");
      }
      rejectMore(args, 2);
      return new Options(false, false, seed(args[1]));
    }
    rejectMore(args, 1);
    return switch (option) {
      case "--random" -> new Options(false, false, (long) new Random().nextInt(1_000_000));
      case "--real" -> new Options(false, true, null);
      case "--help", "-h" -> new Options(true, false, null);
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
