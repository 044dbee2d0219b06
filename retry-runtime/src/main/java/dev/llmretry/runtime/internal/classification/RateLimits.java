package dev.llmretry.runtime.internal.classification;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The limits of a response: of each, what remains and when it is reset. Providers have many names
 * for them, which consist of "limit", "remaining" or "reset", and the name of the limit, in any
 * order: {@code x-ratelimit-remaining-tokens}, {@code anthropic-ratelimit-tokens-reset}.
 */
final class RateLimits {

  private static final String LIMIT = "limit";
  private static final String REMAINING = "remaining";
  private static final String RESET = "reset";

  private static final int MIN_NAME = LIMIT.length() + RESET.length();
  private static final int MAX_NAME = 60;
  private static final int MAX_LIMITS = 32;

  private Map<String, Limit> byName = Map.of();

  /** One limit. */
  static final class Limit {
    private boolean isUsedUp;
    private @Nullable String reset;

    /** Returns whether nothing remains. */
    boolean isUsedUp() {
      return isUsedUp;
    }

    /** Returns when the limit is reset, or null. */
    @Nullable String reset() {
      return reset;
    }
  }

  /** Returns whether a header of that name has limits, each with all its parts. */
  static boolean isList(String name) {
    return name.equalsIgnoreCase("ratelimit");
  }

  /** Returns whether a header or member of that name may be part of a limit. */
  static boolean isPart(String name) {
    int length = name.length();
    return length >= MIN_NAME && length <= MAX_NAME && Ascii.contains(name, LIMIT);
  }

  /**
   * Adds a header or member, unless it has been added before or is no part of a limit.
   *
   * @param name the {@linkplain ResponseBody#plain plain} name
   */
  void add(String name, String value) {
    if (name.contains(REMAINING)) {
      Limit limit = limit(name.replace(REMAINING, ""));
      limit.isUsedUp |= DelayParsing.isZero(value);
    } else if (name.contains(RESET)) {
      Limit limit = limit(name.replace("resetafter", RESET).replace(RESET, ""));
      limit.reset = limit.reset == null ? value : limit.reset;
    }
  }

  /**
   * Adds the limits of a {@code RateLimit} header, as of the IETF's draft on rate limit headers:
   * {@code "burst";r=0;t=30, "day";r=90;t=7200}, or in its older form {@code remaining=0,
   * reset=30}.
   */
  void addList(String value) {
    String name = value;
    for (String part : value.split("[,;]", -1)) {
      int equals = part.indexOf('=');
      String key = part.substring(0, Math.max(0, equals)).strip();
      String number = part.substring(equals + 1).strip();
      switch (key) {
        case "r", REMAINING -> limit(name).isUsedUp |= DelayParsing.isZero(number);
        case "t", RESET -> limit(name).reset = number;
        case "" -> name = number; // the name of the next one
        default -> {
          // its quota, window or partition
        }
      }
    }
  }

  private Limit limit(String name) {
    Limit limit = byName.get(name);
    if (limit == null) {
      limit = new Limit();
      if (byName.isEmpty()) {
        byName = new HashMap<>();
      }
      if (byName.size() < MAX_LIMITS) {
        byName.put(name, limit);
      }
    }
    return limit;
  }

  Iterable<Limit> all() {
    return byName.values();
  }
}
