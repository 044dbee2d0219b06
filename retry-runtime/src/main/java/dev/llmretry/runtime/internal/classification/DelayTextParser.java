package dev.llmretry.runtime.internal.classification;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Parses delays with units: {@code 456ms}, {@code 6m0s}, {@code 10h17m5.7s}, {@code 37 seconds},
 * {@code 1 hour and 5 minutes}, {@code one minute}. A number without a unit is not a delay.
 */
final class DelayTextParser {

  /**
   * The phrases before a delay or a time. OpenAI, Groq: "try again in"; Azure OpenAI: "retry
   * after"; Gemini: "retry in" and, in the details, the {@code retryDelay} of a RetryInfo, which
   * Google's Python SDK prints as {@code retry_delay}; GitHub: "wait"; Replicate: "resets in";
   * Azure API Management: "replenished in"; Anthropic: "regain access on".
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
          "allowed in",
          "replenished in",
          "requests after",
          "cooldown",
          "retry_delay",
          "retry_after",
          "retry-after",
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

  private static final String FILLERS = " \u00A0:=\"'\\~";

  /**
   * Hours, minutes and seconds, with days before a point: {@code 2:30:12}, {@code 7.02:26:42}. Only
   * behind "in", since behind other phrases such as "at" it may be a time of the day.
   */
  private static final Pattern CLOCK =
      Pattern.compile("(?:(\\d{1,4})\\.)?(\\d{1,3}):(\\d\\d):(\\d\\d)(?![\\d:])");

  /** Behind the name of a header or a member: {@code : 30}, or a duration of protocol buffers. */
  private static final Pattern SECONDS =
      Pattern.compile(
          "\\s*(?:\\{\\s*seconds)?[:=]\\s*(\\d{1,9})(?: nanos: ?(\\d{1,9}))?(?![\\w.,:-])");

  /** In 30 seconds, in Chinese, before or behind a word for a retry or a recovery. */
  private static final String IN_CHINESE = "(?<!\\d)(\\d{1,9}) ?(秒|分|小时|天)钟?之?后";

  private static final String RETRY_IN_CHINESE = "(?:重试|再试|尝试|恢复|重置)";
  private static final String WITHIN_CLAUSE = "[^，。,；;\\d\\n]{0,8}";
  private static final List<Pattern> CHINESE =
      List.of(
          Pattern.compile(IN_CHINESE + "(?=" + WITHIN_CLAUSE + RETRY_IN_CHINESE + ")"),
          Pattern.compile("(?<=" + RETRY_IN_CHINESE + WITHIN_CLAUSE + ")" + IN_CHINESE));

  private static final int MAX_FILLERS = 8;
  private static final int MAX_FILLER_WORDS = 3;
  private static final int MAX_DATE = 40;
  private static final int MAX_PARTS = 8;
  private static final int MAX_NUMBER = 40;
  private static final int MAX_UNIT = 13;

  private static final long SECOND = DelayParsing.NANOS_PER_SECOND;
  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;

  private static final Map<String, Long> NANOS_PER_UNIT =
      Map.ofEntries(
          Map.entry("ns", 1L),
          Map.entry("us", 1_000L),
          Map.entry("µs", 1_000L), // micro sign
          Map.entry("μs", 1_000L), // Greek letter
          Map.entry("ms", DelayParsing.NANOS_PER_MILLI),
          Map.entry("millisecond", DelayParsing.NANOS_PER_MILLI),
          Map.entry("milliseconds", DelayParsing.NANOS_PER_MILLI),
          Map.entry("s", SECOND),
          Map.entry("sec", SECOND),
          Map.entry("secs", SECOND),
          Map.entry("second", SECOND),
          Map.entry("seconds", SECOND),
          Map.entry("m", MINUTE),
          Map.entry("min", MINUTE),
          Map.entry("mins", MINUTE),
          Map.entry("minute", MINUTE),
          Map.entry("minutes", MINUTE),
          Map.entry("h", HOUR),
          Map.entry("hr", HOUR),
          Map.entry("hrs", HOUR),
          Map.entry("hour", HOUR),
          Map.entry("hours", HOUR),
          Map.entry("d", DAY),
          Map.entry("day", DAY),
          Map.entry("days", DAY),
          Map.entry("week", 7 * DAY),
          Map.entry("weeks", 7 * DAY),
          Map.entry("month", 31 * DAY),
          Map.entry("months", 31 * DAY));

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
    return DelayParsing.longer(longest, inChinese(message));
  }

  private static @Nullable Duration after(String lead, String message, Supplier<Instant> now) {
    int place = message.indexOf(lead);
    for (int i = 0; place >= 0 && i < MAX_PLACES; i++) {
      DelayTextParser reader = new DelayTextParser(message, place + lead.length());
      reader.skipFillers();
      int start = reader.at;
      BigDecimal nanos = reader.readParts();
      nanos = nanos == null ? withoutUnit(lead, message, place, start) : nanos;
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

  /**
   * Returns the delay in a notation that has no units.
   *
   * @param place where {@code lead} starts
   * @param start where the first word behind it starts
   */
  private static @Nullable BigDecimal withoutUnit(
      String lead, String message, int place, int start) {
    if (lead.endsWith(" in")) {
      Matcher clock = CLOCK.matcher(message).region(start, message.length());
      return clock.lookingAt() ? nanos(clock) : null;
    }
    if (lead.equals("retry_delay") || lead.equals("retry_after") || lead.equals("retry-after")) {
      Matcher number = SECONDS.matcher(message).region(place + lead.length(), message.length());
      return number.lookingAt() ? secondsAndNanos(number) : null;
    }
    return null;
  }

  private static BigDecimal secondsAndNanos(Matcher number) {
    BigDecimal seconds = nanos(number.group(1), SECOND);
    return number.group(2) == null ? seconds : seconds.add(nanos(number.group(2), 1));
  }

  private static BigDecimal nanos(Matcher clock) {
    String days = clock.group(1) == null ? "0" : clock.group(1);
    return nanos(days, DAY)
        .add(nanos(clock.group(2), HOUR))
        .add(nanos(clock.group(3), MINUTE))
        .add(nanos(clock.group(4), SECOND));
  }

  private static BigDecimal nanos(String number, long nanosPerUnit) {
    return new BigDecimal(number).multiply(BigDecimal.valueOf(nanosPerUnit));
  }

  private static @Nullable Duration inChinese(String message) {
    Duration longest = null;
    for (Pattern pattern : CHINESE) {
      Matcher delay = pattern.matcher(message);
      if (delay.find()) {
        longest = DelayParsing.longer(longest, ofChinese(delay));
      }
    }
    return longest;
  }

  private static @Nullable Duration ofChinese(Matcher delay) {
    long nanosPerUnit =
        switch (delay.group(2)) {
          case "秒" -> SECOND;
          case "分" -> MINUTE;
          case "小时" -> HOUR;
          default -> DAY;
        };
    return DelayParsing.ofNanos(nanos(delay.group(1), nanosPerUnit));
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
    skip(" \u00A0", 1);
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
