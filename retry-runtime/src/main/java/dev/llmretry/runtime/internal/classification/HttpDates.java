package dev.llmretry.runtime.internal.classification;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Parses the dates of headers. */
final class HttpDates {

  private static final String MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec";
  private static final int MAX_LENGTH = 64;
  private static final int MAX_PARTS = 7;

  private HttpDates() {}

  /**
   * Returns the time of an HTTP date, or null if it is invalid. RFC 9110, 5.6.7, has three formats:
   *
   * <pre>
   * Sun, 06 Nov 1994 08:49:37 GMT
   * Sunday, 06-Nov-94 08:49:37 GMT
   * Sun Nov  6 08:49:37 1994
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
      return null;
    }
    if (parts.size() == 6 && isGmt(parts.get(5))) {
      return instant(parts.get(3), parts.get(2), parts.get(1), parts.get(4), now);
    }
    if (parts.size() == 5) {
      return instant(parts.get(4), parts.get(1), parts.get(2), parts.get(3), now);
    }
    return null;
  }

  /**
   * Returns the time of an RFC 3339 date, such as {@code 1994-11-06T08:49:37Z}, or null if it is
   * invalid.
   */
  static @Nullable Instant parseRfc3339(String value) {
    if (value.length() > MAX_LENGTH || value.indexOf(':') < 0) {
      return null;
    }
    try {
      return OffsetDateTime.parse(value).toInstant();
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static List<String> parts(String value) {
    List<String> parts = new ArrayList<>(MAX_PARTS);
    int start = 0;
    for (int i = 0; i <= value.length() && parts.size() < MAX_PARTS; i++) {
      if (i == value.length() || " ,-\t".indexOf(value.charAt(i)) >= 0) {
        if (i > start) {
          parts.add(value.substring(start, i));
        }
        start = i + 1;
      }
    }
    return parts;
  }

  private static boolean isGmt(String zone) {
    return zone.equalsIgnoreCase("GMT") || zone.equalsIgnoreCase("UTC");
  }

  private static @Nullable Instant instant(
      String year, String month, String day, String time, Instant now) {
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
              .toInstant(ZoneOffset.UTC);
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
