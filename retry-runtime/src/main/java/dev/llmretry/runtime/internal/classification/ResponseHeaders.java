package dev.llmretry.runtime.internal.classification;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The relevant headers of a response, collected in one pass.
 *
 * <p>The map is user code with unchecked data: nulls, huge values and iterators that throw or never
 * end make only the affected headers unavailable.
 */
final class ResponseHeaders {

  private static final ResponseHeader[] KNOWN = ResponseHeader.values();

  /** More than clients accept, so that only an iterator without an end is cut off. */
  private static final int MAX_HEADERS = 100_000;

  private static final int MAX_NAME = 60;
  private static final int MAX_VALUES = 4;
  private static final int MAX_VALUE_LENGTH = 100;

  private Map<ResponseHeader, List<String>> values = Map.of();
  private final RateLimits limits = new RateLimits();
  private final List<ResponseBody.Member> otherDelays = new ArrayList<>(0);

  private ResponseHeaders() {}

  List<String> values(ResponseHeader header) {
    return values.getOrDefault(header, List.of());
  }

  /** Returns the headers that have {@code retry-after} in a name of their own. */
  List<ResponseBody.Member> otherDelays() {
    return otherDelays;
  }

  RateLimits limits() {
    return limits;
  }

  static ResponseHeaders scan(Map<String, List<String>> headers) {
    ResponseHeaders found = new ResponseHeaders();
    try {
      int seen = 0;
      for (Map.Entry<String, List<String>> entry : headers.entrySet()) {
        if (seen++ == MAX_HEADERS) {
          break;
        }
        found.add(entry.getKey(), entry.getValue());
      }
    } catch (Throwable e) {
      // The headers found so far are used.
    }
    return found;
  }

  private void add(@Nullable String name, @Nullable List<String> given) {
    ResponseHeader header = known(name);
    if (header != null) {
      if (values.isEmpty()) {
        values = new EnumMap<>(ResponseHeader.class);
      }
      pick(given, values.computeIfAbsent(header, h -> new ArrayList<>(1)));
    } else if (name != null && RateLimits.isList(name)) {
      List<String> usable = new ArrayList<>(1);
      pick(given, usable);
      usable.forEach(limits::addList);
    } else if (name != null && (isDelay(name) || RateLimits.isPart(name))) {
      List<String> usable = new ArrayList<>(1);
      pick(given, usable);
      String plain = ResponseBody.plain(name);
      for (String value : usable) {
        if (isDelay(name) && otherDelays.size() < MAX_VALUES) {
          otherDelays.add(new ResponseBody.Member(plain, value));
        }
        limits.add(plain, value);
      }
    }
  }

  private static boolean isDelay(String name) {
    return name.length() <= MAX_NAME && Ascii.contains(name, "retry-after");
  }

  private static @Nullable ResponseHeader known(@Nullable String name) {
    if (name != null) {
      for (ResponseHeader header : KNOWN) {
        if (header.isNamed(name)) {
          return header;
        }
      }
    }
    return null;
  }

  private static void pick(@Nullable List<String> values, List<String> usable) {
    if (values == null) {
      return;
    }
    int seen = 0;
    for (String value : values) {
      if (seen++ == MAX_VALUES) {
        return;
      }
      if (value != null && value.length() <= MAX_VALUE_LENGTH) {
        usable.add(value.strip());
      }
    }
  }
}
