package dev.llmretry.runtime.internal.classification;

import org.jspecify.annotations.Nullable;

/**
 * Reads one JSON object or array, value by value. What is not valid JSON, such as the end of a text
 * that was cut off, is skipped, so that the rest can still be read. Objects in the notation of
 * Python, with {@code '} around strings, are read as well: proxies quote them in messages.
 *
 * <p>The time is proportional to the length of the text, and nesting takes no stack.
 */
final class JsonScanner {

  /** Receives what is read. */
  interface Handler {

    /**
     * An object or array begins.
     *
     * @param name the name of the member whose value it is; null for an element of an array or the
     *     root
     */
    void begin(@Nullable String name);

    /** An object or array ends. */
    void end();

    /**
     * A string, number or boolean.
     *
     * @param name the name of the member whose value it is; null for an element of an array or the
     *     root
     */
    void value(@Nullable String name, String value);
  }

  private static final int HEX = 16;

  private final String text;
  private final char quote;
  private final Handler handler;
  private int at;
  private int depth;
  private @Nullable String name;

  private JsonScanner(String text, int start, char quote, Handler handler) {
    this.text = text;
    this.at = start;
    this.quote = quote;
    this.handler = handler;
  }

  /**
   * Returns where an object or array with content begins in {@code text}, or -1.
   *
   * @param from where to start to search
   */
  static int find(String text, int from) {
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '{' || c == '[') {
        int next = skipSpace(text, i + 1);
        char first = next < text.length() ? text.charAt(next) : '\0';
        if (isQuote(first) || first == '\\' || (c == '[' && first == '{')) {
          return i;
        }
        i = next - 1;
      }
    }
    return -1;
  }

  /** Returns whether the object or array at {@code start} is itself escaped, as within a string. */
  static boolean isEscaped(String text, int start) {
    return text.charAt(skipSpace(text, start + 1)) == '\\';
  }

  /**
   * Reads the object or array that begins at {@code start}.
   *
   * @return where it ends, or -1 if the text ends before
   */
  static int scan(String text, int start, Handler handler) {
    char first = text.charAt(skipSpace(text, start + 1));
    return new JsonScanner(text, start, isQuote(first) ? first : '"', handler).run();
  }

  /** Returns {@code text} without one level of escapes. */
  static String unescape(String text) {
    return new JsonScanner(text, 0, '\0', NOTHING).string('\0');
  }

  private static final Handler NOTHING =
      new Handler() {
        @Override
        public void begin(@Nullable String name) {}

        @Override
        public void end() {}

        @Override
        public void value(@Nullable String name, String value) {}
      };

  private int run() {
    do {
      char c = text.charAt(at);
      switch (c) {
        case '{', '[' -> begin();
        case '}', ']' -> end();
        case ',' -> {
          name = null;
          at++;
        }
        default -> {
          if (c == '"' || c == quote) {
            at++;
            string(string(c));
          } else if (isLiteral(c)) {
            literal();
          } else {
            at++;
          }
        }
      }
    } while (depth > 0 && at < text.length());
    return depth == 0 ? at : -1;
  }

  private void begin() {
    at++;
    depth++;
    handler.begin(name);
    name = null;
  }

  private void end() {
    at++;
    depth--;
    name = null;
    handler.end();
  }

  /** A string is the name of a member if a colon follows. */
  private void string(String string) {
    int next = skipSpace(text, at);
    if (next < text.length() && text.charAt(next) == ':' && name == null) {
      at = next + 1;
      name = string;
    } else {
      value(string);
    }
  }

  private void literal() {
    int start = at;
    while (at < text.length() && isLiteral(text.charAt(at))) {
      at++;
    }
    String literal = text.substring(start, at);
    if (literal.equals("null") || literal.equals("None")) {
      name = null;
    } else {
      value(literal);
    }
  }

  private void value(String value) {
    handler.value(name, value);
    name = null;
  }

  /** Reads up to the closing quote or the end of the text. */
  private String string(char end) {
    int start = at;
    StringBuilder unescaped = null;
    while (at < text.length() && text.charAt(at) != end) {
      if (text.charAt(at) == '\\') {
        if (unescaped == null) {
          unescaped = new StringBuilder();
        }
        unescaped.append(text, start, at++);
        if (at < text.length()) {
          unescaped.append(escaped());
        }
        start = at;
      } else {
        at++;
      }
    }
    String rest = text.substring(start, at++);
    return unescaped == null ? rest : unescaped.append(rest).toString();
  }

  private char escaped() {
    char c = text.charAt(at++);
    return switch (c) {
      case 'b', 'f', 'n', 'r', 't' -> '\n';
      case 'u' -> unicode();
      default -> c;
    };
  }

  private char unicode() {
    int code = 0;
    for (int i = 0; i < 4; i++) {
      int digit = at < text.length() ? Character.digit(text.charAt(at), HEX) : -1;
      if (digit < 0) {
        return '?';
      }
      code = code * HEX + digit;
      at++;
    }
    return (char) code;
  }

  private static int skipSpace(String text, int from) {
    int i = from;
    while (i < text.length() && text.charAt(i) <= ' ') {
      i++;
    }
    return i;
  }

  private static boolean isQuote(char c) {
    return c == '"' || c == '\'';
  }

  private static boolean isLiteral(char c) {
    return Character.isLetterOrDigit(c) || c == '+' || c == '-' || c == '.' || c == '_';
  }
}
