package dev.llmretry.runtime.internal.classification;

/**
 * Lower case for comparisons with names and phrases in ASCII. {@link String#toLowerCase} also maps
 * other letters, by rules that depend on their context and take quadratic time for some texts.
 */
final class Ascii {

  private Ascii() {}

  /** Returns {@code text} with A to Z in lower case. */
  static String lowerCase(String text) {
    int first = 0;
    while (first < text.length() && !isUpperCase(text.charAt(first))) {
      first++;
    }
    if (first == text.length()) {
      return text;
    }
    char[] lower = text.toCharArray();
    for (int i = first; i < lower.length; i++) {
      if (isUpperCase(lower[i])) {
        lower[i] = (char) (lower[i] | 0x20);
      }
    }
    return new String(lower);
  }

  /** Returns whether {@code text}, in any case, contains {@code part}. */
  static boolean contains(String text, String part) {
    for (int i = 0; i + part.length() <= text.length(); i++) {
      if (text.regionMatches(true, i, part, 0, part.length())) {
        return true;
      }
    }
    return false;
  }

  private static boolean isUpperCase(char c) {
    return c >= 'A' && c <= 'Z';
  }
}
