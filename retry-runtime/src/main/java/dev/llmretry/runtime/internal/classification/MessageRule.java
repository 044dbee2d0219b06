package dev.llmretry.runtime.internal.classification;

import dev.llmretry.FailureKind;

/**
 * Classifies a failure by a phrase in its message.
 *
 * @param taken the kind that the other rules must have found for this rule to apply
 * @param phrase a phrase that the message must contain, in lower case
 * @param second another phrase that it must contain; may be empty
 * @param kind the resulting kind
 * @param reason the phrase, for logs
 */
record MessageRule(
    FailureKind taken, String phrase, String second, FailureKind kind, String reason) {

  boolean matches(String text) {
    return contains(text, phrase) && contains(text, second);
  }

  /** If a phrase ends with a digit, the number in the text must also end there. */
  private static boolean contains(String text, String phrase) {
    for (int at = text.indexOf(phrase); at >= 0; at = text.indexOf(phrase, at + 1)) {
      int end = at + phrase.length();
      if (!endsWithDigit(phrase) || !continuesNumber(text, end)) {
        return true;
      }
    }
    return false;
  }

  private static boolean endsWithDigit(String phrase) {
    return !phrase.isEmpty() && isDigit(phrase.charAt(phrase.length() - 1));
  }

  /** Returns whether a digit follows, or a point or comma and a digit. */
  private static boolean continuesNumber(String text, int at) {
    if (at < text.length() && (text.charAt(at) == '.' || text.charAt(at) == ',')) {
      at++;
    }
    return at < text.length() && isDigit(text.charAt(at));
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
