package dev.llmretry.providers;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads values from JSON that an SDK has parsed into maps. */
final class Json {

  private Json() {}

  /** Returns the string, number or boolean at the end of {@code path}, or null. */
  static @Nullable String text(@Nullable Object json, String... path) {
    Object value = json;
    for (String name : path) {
      value = value instanceof Map<?, ?> object ? object.get(name) : null;
    }
    return value instanceof String || value instanceof Number || value instanceof Boolean
        ? value.toString()
        : null;
  }
}
