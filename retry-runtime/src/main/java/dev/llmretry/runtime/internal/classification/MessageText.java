package dev.llmretry.runtime.internal.classification;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Messages as the rules see them. */
final class MessageText {

  /** A message may carry a whole response body; what matters stands at its ends. */
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
    return bounded.toLowerCase(Locale.ROOT);
  }
}
