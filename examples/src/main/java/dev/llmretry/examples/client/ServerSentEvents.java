package dev.llmretry.examples.client;

import java.io.EOFException;
import org.jspecify.annotations.Nullable;

/** The lines that a streamed answer consists of: {@code data: {...}}, and empty ones between. */
final class ServerSentEvents {

  private static final String DATA = "data:";

  private ServerSentEvents() {}

  /** Returns the data that a line holds; null if none, as in a comment that keeps alive. */
  static @Nullable String data(String line) {
    return line.startsWith(DATA) ? line.substring(DATA.length()).strip() : null;
  }

  /** Returns whether the answer ends here. Nothing follows. */
  static boolean isEnd(String data) {
    return data.equals("[DONE]");
  }

  /** Returns the failure of a stream that just stops. */
  static NetworkException cutOff() {
    String message = "the answer stopped before its end";
    return new NetworkException(message, new EOFException(message));
  }
}
