package dev.llmretry.providers;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Parses the JSON of an error response into maps, lists and strings, for libraries that expose only
 * the body. It accepts some invalid JSON; if it cannot parse the text, the result is null.
 */
final class JsonReader {

  private static final int MAX_LENGTH = 100_000;
  private static final int MAX_DEPTH = 50;
  private static final int HEX = 16;

  private final String text;
  private int at;

  private JsonReader(String text) {
    this.text = text;
  }

  /** Returns a Map, List or String (numbers and booleans, too); null for anything else. */
  static @Nullable Object read(@Nullable String text) {
    if (text == null || text.length() > MAX_LENGTH) {
      return null;
    }
    try {
      JsonReader reader = new JsonReader(text);
      Object value = reader.value(0);
      return reader.next() == '\0' ? value : null;
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      return null;
    }
  }

  private @Nullable Object value(int depth) {
    if (depth > MAX_DEPTH) {
      throw new IllegalArgumentException("Too deep");
    }
    return switch (next()) {
      case '{' -> object(depth);
      case '[' -> array(depth);
      case '"' -> string();
      default -> literal();
    };
  }

  private Map<String, @Nullable Object> object(int depth) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    at++;
    if (skip('}')) {
      return members;
    }
    do {
      next();
      String name = string();
      expect(':');
      members.put(name, value(depth + 1));
    } while (skip(','));
    expect('}');
    return members;
  }

  private List<@Nullable Object> array(int depth) {
    List<@Nullable Object> elements = new ArrayList<>();
    at++;
    if (skip(']')) {
      return elements;
    }
    do {
      elements.add(value(depth + 1));
    } while (skip(','));
    expect(']');
    return elements;
  }

  private String string() {
    expect('"');
    StringBuilder string = new StringBuilder();
    for (char c = text.charAt(at++); c != '"'; c = text.charAt(at++)) {
      string.append(c == '\\' ? escaped() : c);
    }
    return string.toString();
  }

  private char escaped() {
    char c = text.charAt(at++);
    return switch (c) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> {
        at += 4;
        yield (char) Integer.parseInt(text.substring(at - 4, at), HEX);
      }
      default -> c;
    };
  }

  private @Nullable String literal() {
    int start = at;
    while (at < text.length() && isLiteral(text.charAt(at))) {
      at++;
    }
    if (at == start) {
      throw new IllegalArgumentException("No value");
    }
    String literal = text.substring(start, at);
    return literal.equals("null") ? null : literal;
  }

  private static boolean isLiteral(char c) {
    return Character.isLetterOrDigit(c) || "+-.".indexOf(c) >= 0;
  }

  private boolean skip(char c) {
    boolean found = next() == c;
    if (found) {
      at++;
    }
    return found;
  }

  private void expect(char c) {
    if (!skip(c)) {
      throw new IllegalArgumentException("No " + c);
    }
  }

  /** Skips white space and returns the next character, or {@code '\0'} at the end. */
  private char next() {
    while (at < text.length() && text.charAt(at) <= ' ') {
      at++;
    }
    return at < text.length() ? text.charAt(at) : '\0';
  }
}
