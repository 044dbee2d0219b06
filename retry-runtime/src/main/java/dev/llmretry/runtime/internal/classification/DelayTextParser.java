package dev.llmretry.runtime.internal.classification;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Parses delays with units: {@code 456ms}, {@code 6m0s}, {@code 10h17m5.7s}, {@code 37 seconds},
 * {@code 1 hour and 5 minutes}. A number without a unit is not a delay.
 */
final class DelayTextParser {

  /**
   * The phrases before a delay. OpenAI, Groq: "try again in"; Azure OpenAI: "retry after"; Gemini:
   * "retry in" and, where its SDK adds the details to the message, the {@code retryDelay} of a
   * RetryInfo.
   */
  private static final List<String> LEADS =
      List.of("try again in", "try again after", "retry in", "retry after", "retrydelay");

  /** Maximum occurrences of one phrase to examine. */
  private static final int MAX_PLACES = 16;

  private static final int MAX_FILLERS = 8;
  private static final int MAX_PARTS = 8;
  private static final int MAX_NUMBER = 40;
  private static final int MAX_UNIT = 13;

  private static final Map<String, Long> NANOS_PER_UNIT =
      Map.ofEntries(
          Map.entry("ns", 1L),
          Map.entry("us", 1_000L),
          Map.entry("µs", 1_000L), // micro sign
          Map.entry("μs", 1_000L), // Greek letter
          Map.entry("ms", DelayParsing.NANOS_PER_MILLI),
          Map.entry("millisecond", DelayParsing.NANOS_PER_MILLI),
          Map.entry("milliseconds", DelayParsing.NANOS_PER_MILLI),
          Map.entry("s", DelayParsing.NANOS_PER_SECOND),
          Map.entry("sec", DelayParsing.NANOS_PER_SECOND),
          Map.entry("secs", DelayParsing.NANOS_PER_SECOND),
          Map.entry("second", DelayParsing.NANOS_PER_SECOND),
          Map.entry("seconds", DelayParsing.NANOS_PER_SECOND),
          Map.entry("m", 60 * DelayParsing.NANOS_PER_SECOND),
          Map.entry("min", 60 * DelayParsing.NANOS_PER_SECOND),
          Map.entry("mins", 60 * DelayParsing.NANOS_PER_SECOND),
          Map.entry("minute", 60 * DelayParsing.NANOS_PER_SECOND),
          Map.entry("minutes", 60 * DelayParsing.NANOS_PER_SECOND),
          Map.entry("h", 3_600 * DelayParsing.NANOS_PER_SECOND),
          Map.entry("hr", 3_600 * DelayParsing.NANOS_PER_SECOND),
          Map.entry("hrs", 3_600 * DelayParsing.NANOS_PER_SECOND),
          Map.entry("hour", 3_600 * DelayParsing.NANOS_PER_SECOND),
          Map.entry("hours", 3_600 * DelayParsing.NANOS_PER_SECOND),
          Map.entry("d", 86_400 * DelayParsing.NANOS_PER_SECOND),
          Map.entry("day", 86_400 * DelayParsing.NANOS_PER_SECOND),
          Map.entry("days", 86_400 * DelayParsing.NANOS_PER_SECOND));

  private final String text;
  private int at;

  private DelayTextParser(String text, int at) {
    this.text = text;
    this.at = at;
  }

  /** Returns the delay in {@code value}, or null. */
  static @Nullable Duration parse(String value) {
    DelayTextParser reader = new DelayTextParser(Ascii.lowerCase(value), 0);
    BigDecimal nanos = reader.readParts();
    return nanos == null || reader.at != reader.text.length() ? null : DelayParsing.ofNanos(nanos);
  }

  /**
   * Returns the delay that a message asks for, or null. If it has several, such as {@code 10.7s} in
   * its text and {@code 10s} in its details, returns the longest.
   *
   * @param message the message in lower case
   */
  static @Nullable Duration find(String message) {
    Duration longest = null;
    for (String lead : LEADS) {
      Duration wait = message.isEmpty() ? null : after(lead, message);
      if (wait != null && (longest == null || wait.compareTo(longest) > 0)) {
        longest = wait;
      }
    }
    return longest;
  }

  private static @Nullable Duration after(String lead, String message) {
    int place = message.indexOf(lead);
    for (int i = 0; place >= 0 && i < MAX_PLACES; i++) {
      DelayTextParser reader = new DelayTextParser(message, place + lead.length());
      reader.skip(" :=\"'\\", MAX_FILLERS);
      BigDecimal nanos = reader.readParts();
      Duration wait = nanos == null ? null : DelayParsing.ofNanos(nanos);
      if (wait != null) {
        return wait;
      }
      place = message.indexOf(lead, place + lead.length());
    }
    return null;
  }

  /** Reads all parts, and leaves the position after the last one; returns null if there is none. */
  private @Nullable BigDecimal readParts() {
    BigDecimal sum = null;
    for (int i = 0; i < MAX_PARTS; i++) {
      int start = at;
      if (sum != null) {
        skipSeparator();
      }
      BigDecimal part = readPart();
      if (part == null) {
        at = start;
        return sum;
      }
      sum = sum == null ? part : sum.add(part);
    }
    return sum;
  }

  private @Nullable BigDecimal readPart() {
    BigDecimal number = DelayParsing.number(read(MAX_NUMBER, DelayTextParser::isNumeric));
    if (number == null) {
      return null;
    }
    skip(" ", 1);
    Long nanosPerUnit = NANOS_PER_UNIT.get(read(MAX_UNIT, Character::isLetter));
    return nanosPerUnit == null ? null : number.multiply(BigDecimal.valueOf(nanosPerUnit));
  }

  private String read(int max, CharTest wanted) {
    int start = at;
    while (at < text.length() && at - start < max && wanted.test(text.charAt(at))) {
      at++;
    }
    return text.substring(start, at);
  }

  private void skipSeparator() {
    skip(", ", 2);
    if (text.startsWith("and ", at)) {
      at += 4;
    }
  }

  private void skip(String fillers, int max) {
    read(max, c -> fillers.indexOf(c) >= 0);
  }

  private static boolean isNumeric(char c) {
    return c == '.' || (c >= '0' && c <= '9');
  }

  private interface CharTest {
    boolean test(char c);
  }
}
