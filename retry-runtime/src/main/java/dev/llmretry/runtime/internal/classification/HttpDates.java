package dev.llmretry.runtime.internal.classification;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Parses the dates of headers and bodies. */
final class HttpDates {

  private static final String MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec";
  private static final Pattern ISO_8601 =
      Pattern.compile(
          "(\\d{4})-?(\\d\\d)-?(\\d\\d)(?:[Tt]| at | )(\\d\\d):?(\\d\\d)(?::?(\\d\\d(?:[.,]\\d{1,9})?))?"
              + " ?([A-Za-z]+|[+-][\\d:]+)(?i: UTC)?");

  private static final Pattern OFFSET = Pattern.compile("[+-]\\d\\d(?::?\\d\\d)?");
  private static final int MAX_LENGTH = 64;
  private static final int MAX_PARTS = 7;

  private HttpDates() {}

  /**
   * Returns the time of a date, or null if it is invalid or has no zone. RFC 9110, 5.6.7, has three
   * formats, with GMT; RFC 5322 has an offset in its place, and ISO 8601 (RFC 3339) another format:
   *
   * <pre>
   * Sun, 06 Nov 1994 08:49:37 GMT
   * Sunday, 06-Nov-94 08:49:37 GMT
   * Sun Nov  6 08:49:37 1994
   * Sun, 06 Nov 1994 08:49:37 +0000
   * 1994-11-06T08:49:37Z
   * 19941106T084937Z
   * 1994-11-06 08:49:37 UTC
   * 1994-11-06T09:49:37.5+01:00
   * </pre>
   *
   * <p>Go and the Unix command {@code date} have their own:
   *
   * <pre>
   * 1994-11-06 08:49:37 +0000 UTC
   * Sun Nov  6 08:49:37 UTC 1994
   * </pre>
   *
   * <p>The day of the week is not checked.
   *
   * @param now determines the century of a year with two digits: at most 50 years from now
   */
  static @Nullable Instant parse(String value, Instant now) {
    if (value.length() > MAX_LENGTH) {
      return null;
    }
    List<String> parts = parts(value);
    if (parts.isEmpty() || !Character.isLetter(parts.get(0).charAt(0))) {
      return parseIso8601(value);
    }
    if (parts.size() == 6) {
      ZoneOffset last = zone(parts.get(5));
      if (last != null) {
        return instant(parts.get(3), parts.get(2), parts.get(1), parts.get(4), last, now);
      }
      ZoneOffset zone = zone(parts.get(4));
      return zone == null
          ? null
          : instant(parts.get(5), parts.get(1), parts.get(2), parts.get(3), zone, now);
    }
    if (parts.size() == 5) {
      return instant(parts.get(4), parts.get(1), parts.get(2), parts.get(3), ZoneOffset.UTC, now);
    }
    return null;
  }

  /** Returns the time with which {@code text} starts, in the format of ISO 8601, or null. */
  static @Nullable Instant startOf(String text) {
    Matcher date = ISO_8601.matcher(text);
    return date.lookingAt() ? iso8601(date) : null;
  }

  private static @Nullable Instant parseIso8601(String value) {
    Matcher date = ISO_8601.matcher(value);
    return date.matches() ? iso8601(date) : null;
  }

  private static @Nullable Instant iso8601(Matcher date) {
    ZoneOffset zone = zone(date.group(7));
    String second = date.group(6) == null ? "00" : date.group(6).replace(',', '.');
    try {
      return zone == null
          ? null
          : LocalDateTime.parse(
                  "%s-%s-%sT%s:%s:%s"
                      .formatted(
                          date.group(1),
                          date.group(2),
                          date.group(3),
                          date.group(4),
                          date.group(5),
                          second))
              .toInstant(zone);
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static List<String> parts(String value) {
    List<String> parts = new ArrayList<>(MAX_PARTS);
    int start = 0;
    for (int i = 0; i <= value.length() && parts.size() < MAX_PARTS; i++) {
      if (i == value.length() || isSeparator(value, i)) {
        if (i > start) {
          parts.add(value.substring(start, i));
        }
        start = i + 1;
      }
    }
    return parts;
  }

  /** A hyphen behind a space is the sign of an offset. */
  private static boolean isSeparator(String value, int at) {
    char c = value.charAt(at);
    return c == ' ' || c == ',' || c == '\t' || (c == '-' && at > 0 && value.charAt(at - 1) != ' ');
  }

  private static @Nullable ZoneOffset zone(String zone) {
    if (zone.equalsIgnoreCase("GMT")
        || zone.equalsIgnoreCase("UTC")
        || zone.equalsIgnoreCase("Z")) {
      return ZoneOffset.UTC;
    }
    try {
      return OFFSET.matcher(zone).matches() ? ZoneOffset.of(zone) : null;
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static @Nullable Instant instant(
      String year, String month, String day, String time, ZoneOffset zone, Instant now) {
    if (time.length() != 8 || time.charAt(2) != ':' || time.charAt(5) != ':') {
      return null;
    }
    int second = number(time.substring(6), 2);
    boolean leap = second == 60;
    try {
      Instant instant =
          LocalDateTime.of(
                  year(year, now),
                  month(month),
                  number(day, 2),
                  number(time.substring(0, 2), 2),
                  number(time.substring(3, 5), 2),
                  leap ? 59 : second)
              .toInstant(zone);
      return leap ? instant.plusSeconds(1) : instant;
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static int year(String year, Instant now) {
    int number = number(year, 4);
    if (year.length() != 2 || number < 0) {
      return year.length() == 4 && number >= 0 ? number : Integer.MIN_VALUE;
    }
    int latest = now.atOffset(ZoneOffset.UTC).getYear() + 50;
    return latest - Math.floorMod(latest - number, 100);
  }

  /** Returns the month from 1 to 12, or 0. */
  private static int month(String name) {
    int at = name.length() == 3 ? MONTHS.indexOf(Ascii.lowerCase(name)) : -1;
    return at >= 0 && at % 3 == 0 ? at / 3 + 1 : 0;
  }

  /** Returns a number of at most {@code max} digits, or -1. */
  private static int number(String digits, int max) {
    if (digits.isEmpty() || digits.length() > max) {
      return -1;
    }
    int number = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      number = number * 10 + digit;
    }
    return number;
  }
}
