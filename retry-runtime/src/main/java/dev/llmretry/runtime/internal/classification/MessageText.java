package dev.llmretry.runtime.internal.classification;

import org.jspecify.annotations.Nullable;

/** Normalises messages for the rules. */
final class MessageText {

  /** A message may contain a whole response body; only its beginning and end are examined. */
  private static final int MAX_HEAD = 12_288;

  private static final int MAX_TAIL = 4_096;

  private MessageText() {}

  static String of(@Nullable String message) {
    if (message == null) {
      return "";
    }
    String bounded = message;
    if (message.length() > MAX_HEAD + MAX_TAIL) {
      bounded =
          message.substring(0, MAX_HEAD) + '\n' + message.substring(message.length() - MAX_TAIL);
    }
    return Ascii.lowerCase(bounded);
  }
}
