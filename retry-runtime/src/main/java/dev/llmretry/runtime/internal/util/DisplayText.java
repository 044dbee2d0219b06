package dev.llmretry.runtime.internal.util;

/** Text of unknown origin and length, as it is shown in traces and logs. */
public final class DisplayText {

  /** The limit for names and reasons. */
  public static final int SHORT = 200;

  /** The limit for messages of errors. */
  public static final int LONG = 500;

  private static final char ZERO_WIDTH_NON_JOINER = '\u200C';
  private static final char ZERO_WIDTH_JOINER = '\u200D';

  private DisplayText() {}

  /**
   * Returns {@code text} on one line, cut after about {@code limit} characters. What could forge
   * other lines, or change how they are displayed, is escaped as in Java source code: control
   * characters, line and paragraph separators, invisible format characters such as those that
   * change the direction of text, and unpaired surrogates.
   */
  public static String of(String text, int limit) {
    var shown = new StringBuilder(Math.min(text.length(), limit));
    int index = 0;
    while (index < text.length() && shown.length() < limit) {
      int codePoint = text.codePointAt(index);
      append(shown, codePoint);
      index += Character.charCount(codePoint);
    }
    if (index < text.length()) {
      shown.append("... (").append(text.length() - index).append(" more characters)");
    }
    return shown.toString();
  }

  private static void append(StringBuilder shown, int codePoint) {
    switch (codePoint) {
      case '\n' -> shown.append("\\n");
      case '\r' -> shown.append("\\r");
      case '\t' -> shown.append("\\t");
      default -> {
        if (isHarmless(codePoint)) {
          shown.appendCodePoint(codePoint);
        } else {
          for (char unit : Character.toChars(codePoint)) {
            shown.append(String.format("\\u%04X", (int) unit));
          }
        }
      }
    }
  }

  private static boolean isHarmless(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          false;
      // Some scripts and emoji need the joiners.
      case Character.FORMAT -> codePoint == ZERO_WIDTH_NON_JOINER || codePoint == ZERO_WIDTH_JOINER;
      default -> true;
    };
  }
}
