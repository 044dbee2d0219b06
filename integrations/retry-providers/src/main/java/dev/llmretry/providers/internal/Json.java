package dev.llmretry.providers.internal;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes JSON that an SDK has parsed into maps and lists, so that it can be read like a body. */
public final class Json {

  private static final int MAX_LENGTH = 100_000;
  private static final int MAX_DEPTH = 30;

  private final StringBuilder text = new StringBuilder();

  private Json() {}

  /**
   * {@return the JSON of an object or array, without what is too long or too deep; else null}
   *
   * @param value maps, lists, strings, numbers, booleans and nulls
   */
  public static @Nullable String write(@Nullable Object value) {
    if (!(value instanceof Map || value instanceof List)) {
      return null;
    }
    Json json = new Json();
    json.append(value, 0);
    return json.text.toString();
  }

  private void append(@Nullable Object value, int depth) {
    if (value instanceof Map<?, ?> map) {
      text.append('{');
      for (Iterator<? extends Map.Entry<?, ?>> i = map.entrySet().iterator(); more(i, depth); ) {
        Map.Entry<?, ?> member = i.next();
        quote(String.valueOf(member.getKey()));
        text.append(':');
        append(member.getValue(), depth + 1);
        text.append(i.hasNext() ? "," : "");
      }
      text.append('}');
    } else if (value instanceof List<?> list) {
      text.append('[');
      for (Iterator<?> i = list.iterator(); more(i, depth); ) {
        append(i.next(), depth + 1);
        text.append(i.hasNext() ? "," : "");
      }
      text.append(']');
    } else if (value instanceof Number || value instanceof Boolean || value == null) {
      text.append(value);
    } else {
      quote(value.toString());
    }
  }

  private boolean more(Iterator<?> elements, int depth) {
    return depth < MAX_DEPTH && text.length() < MAX_LENGTH && elements.hasNext();
  }

  private void quote(String string) {
    text.append('"');
    for (int i = 0; i < string.length(); i++) {
      char c = string.charAt(i);
      switch (c) {
        case '"', '\\' -> text.append('\\').append(c);
        case '\n' -> text.append("\\n");
        default -> text.append(c);
      }
    }
    text.append('"');
  }
}
