package dev.llmretry.runtime.internal.settings;

import dev.llmretry.LlmRetry;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads values from text. All methods throw {@link IllegalArgumentException} for other text. */
final class SettingText {

  /** The value of a limit that is not set. */
  static final String NONE = "none";

  private static final Pattern SIMPLE_DURATION = Pattern.compile("(\\d{1,18}) ?(ms|s|m|h|d|)");

  private static final Duration LONGEST = Duration.ofMillis(LlmRetry.MAX_MILLIS);

  private SettingText() {}

  static boolean bool(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("it must be true or false");
    };
  }

  static int integer(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("it must be a whole number", e);
    }
  }

  static double number(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("it must be a number", e);
    }
  }

  /** Reads {@code 250 ms}, {@code 20s}, {@code PT20S}, or a number of milliseconds. */
  static Duration duration(String text) {
    Duration duration = unlimitedDuration(text);
    if (duration.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("it must be no longer than " + LONGEST.toMillis() + " ms");
    }
    return duration;
  }

  private static Duration unlimitedDuration(String text) {
    Matcher simple = SIMPLE_DURATION.matcher(text.toLowerCase(Locale.ROOT));
    try {
      if (!simple.matches()) {
        return Duration.parse(text);
      }
      long amount = Long.parseLong(simple.group(1));
      return switch (simple.group(2)) {
        case "s" -> Duration.ofSeconds(amount);
        case "m" -> Duration.ofMinutes(amount);
        case "h" -> Duration.ofHours(amount);
        case "d" -> Duration.ofDays(amount);
        default -> Duration.ofMillis(amount);
      };
    } catch (DateTimeParseException | ArithmeticException e) {
      throw new IllegalArgumentException(
          "it must be a time: milliseconds, or a number with ms, s, m, h or d", e);
    }
  }

  /** Reads a duration, or null for {@link #NONE}. */
  static @Nullable Duration limit(String text) {
    return text.equalsIgnoreCase(NONE) ? null : duration(text);
  }

  /** Returns a number of milliseconds as a time, and {@link LlmRetry#NO_LIMIT} as {@link #NONE}. */
  static String ofMillis(String text) {
    if (!text.matches("-?\\d+")) {
      throw new IllegalArgumentException("it must be a number of milliseconds");
    }
    return text.equals("" + LlmRetry.NO_LIMIT) ? NONE : text + "ms";
  }

  static <E extends Enum<E>> E constant(E[] constants, String text) {
    String wanted = Names.canonical(text);
    List<String> names = Arrays.stream(constants).map(Enum::name).toList();
    return Arrays.stream(constants)
        .filter(constant -> Names.canonical(constant.name()).equals(wanted))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "it must be one of "
                        + String.join(", ", names)
                        + Names.suggestion(text, names)));
  }

  /** Reads a list of constants, separated by commas. */
  static <E extends Enum<E>> List<E> constants(E[] constants, String text) {
    return Arrays.stream(text.split(","))
        .map(String::trim)
        .filter(item -> !item.isEmpty())
        .map(item -> constant(constants, item))
        .toList();
  }
}
