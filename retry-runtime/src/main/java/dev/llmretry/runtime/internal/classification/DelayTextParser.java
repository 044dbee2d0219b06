package dev.llmretry.runtime.internal.classification;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Parses delays with units: {@code 456ms}, {@code 6m0s}, {@code 10h17m5.7s}, {@code 37 seconds},
 * {@code 1 hour and 5 minutes}, {@code one minute}. A number without a unit is not a delay.
 */
final class DelayTextParser {

  /**
   * The phrases before a delay or a time. OpenAI, Groq: "try again in"; Azure OpenAI: "retry
   * after"; Gemini: "retry in" and, in the details, the {@code retryDelay} of a RetryInfo; GitHub:
   * "wait"; Replicate: "resets in"; Anthropic: "regain access on".
   */
  private static final List<String> LEADS =
      List.of(
          "again in",
          "again after",
          "again at",
          "retry in",
          "retry after",
          "retry at",
          "retrying in",
          "retrydelay",
          "wait",
          "available in",
          "available at",
          "reset in",
          "resets in",
          "reset after",
          "resets after",
          "reset at",
          "resets at",
          "reset on",
          "resets on",
          "access on",
          "until");

  /** Words between such a phrase and the delay. */
  private static final Set<String> FILLER_WORDS =
      Set.of("for", "at", "least", "about", "approximately", "another");

  private static final Map<String, BigDecimal> NUMBERS =
      Map.ofEntries(
          Map.entry("a", BigDecimal.ONE),
          Map.entry("an", BigDecimal.ONE),
          Map.entry("one", BigDecimal.ONE),
          Map.entry("two", BigDecimal.valueOf(2)),
          Map.entry("three", BigDecimal.valueOf(3)),
          Map.entry("four", BigDecimal.valueOf(4)),
          Map.entry("five", BigDecimal.valueOf(5)),
          Map.entry("six", BigDecimal.valueOf(6)),
          Map.entry("seven", BigDecimal.valueOf(7)),
          Map.entry("eight", BigDecimal.valueOf(8)),
          Map.entry("nine", BigDecimal.valueOf(9)),
          Map.entry("ten", BigDecimal.TEN),
          Map.entry("fifteen", BigDecimal.valueOf(15)),
          Map.entry("twenty", BigDecimal.valueOf(20)),
          Map.entry("thirty", BigDecimal.valueOf(30)),
          Map.entry("sixty", BigDecimal.valueOf(60)));

  /** Maximum occurrences of one phrase to examine. */
  private static final int MAX_PLACES = 16;

  private static final String FILLERS = " :=\"'\\~";
  private static final int MAX_FILLERS = 8;
  private static final int MAX_FILLER_WORDS = 3;
  private static final int MAX_DATE = 40;
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
          Map.entry("days", 86_400 * DelayParsing.NANOS_PER_SECOND),
          Map.entry("week", 604_800 * DelayParsing.NANOS_PER_SECOND),
          Map.entry("weeks", 604_800 * DelayParsing.NANOS_PER_SECOND));

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
   * @param now the time of the response
   */
  static @Nullable Duration find(String message, Supplier<Instant> now) {
    Duration longest = null;
    for (String lead : LEADS) {
      if (!message.isEmpty()) {
        longest = DelayParsing.longer(longest, after(lead, message, now));
      }
    }
    return longest;
  }

  private static @Nullable Duration after(String lead, String message, Supplier<Instant> now) {
    int place = message.indexOf(lead);
    for (int i = 0; place >= 0 && i < MAX_PLACES; i++) {
      DelayTextParser reader = new DelayTextParser(message, place + lead.length());
      reader.skipFillers();
      int start = reader.at;
      BigDecimal nanos = reader.readParts();
      Duration wait =
          nanos == null
              ? untilDate(
                  message.substring(start, Math.min(message.length(), start + MAX_DATE)), now)
              : DelayParsing.ofNanos(nanos);
      if (wait != null) {
        return wait;
      }
      place = message.indexOf(lead, place + lead.length());
    }
    return null;
  }

  private static @Nullable Duration untilDate(String text, Supplier<Instant> now) {
    Instant then = HttpDates.startOf(text);
    return then == null ? null : DelayParsing.until(then, now.get());
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
    BigDecimal number = readNumber();
    if (number == null) {
      return null;
    }
    skip(" ", 1);
    Long nanosPerUnit = NANOS_PER_UNIT.get(readWord());
    return nanosPerUnit == null ? null : number.multiply(BigDecimal.valueOf(nanosPerUnit));
  }

  private @Nullable BigDecimal readNumber() {
    String digits = read(MAX_NUMBER, DelayTextParser::isNumeric);
    return digits.isEmpty() ? NUMBERS.get(readWord()) : DelayParsing.number(digits);
  }

  private String readWord() {
    return read(MAX_UNIT, Character::isLetter);
  }

  private void skipFillers() {
    skip(FILLERS, MAX_FILLERS);
    for (int i = 0; i < MAX_FILLER_WORDS; i++) {
      int start = at;
      if (!FILLER_WORDS.contains(readWord())) {
        at = start;
        return;
      }
      skip(FILLERS, MAX_FILLERS);
    }
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
