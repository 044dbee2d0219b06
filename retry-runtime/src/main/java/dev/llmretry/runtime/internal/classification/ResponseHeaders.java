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
  private static final ResponseHeaders EMPTY = new ResponseHeaders(Map.of());

  /** More than clients accept, so that only an iterator without an end is cut off. */
  private static final int MAX_HEADERS = 100_000;

  private static final int MAX_VALUES = 4;
  private static final int MAX_VALUE_LENGTH = 100;

  private final Map<ResponseHeader, List<String>> values;

  private ResponseHeaders(Map<ResponseHeader, List<String>> values) {
    this.values = values;
  }

  List<String> values(ResponseHeader header) {
    return values.getOrDefault(header, List.of());
  }

  static ResponseHeaders scan(Map<String, List<String>> headers) {
    Map<ResponseHeader, List<String>> found = Map.of();
    try {
      int seen = 0;
      for (Map.Entry<String, List<String>> entry : headers.entrySet()) {
        if (seen++ == MAX_HEADERS) {
          break;
        }
        ResponseHeader header = known(entry.getKey());
        if (header != null) {
          if (found.isEmpty()) {
            found = new EnumMap<>(ResponseHeader.class);
          }
          pick(entry.getValue(), found.computeIfAbsent(header, h -> new ArrayList<>(1)));
        }
      }
    } catch (Throwable e) {
      // The headers found so far are used.
    }
    return found.isEmpty() ? EMPTY : new ResponseHeaders(found);
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
