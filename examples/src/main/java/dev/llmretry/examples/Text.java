package dev.llmretry.examples;

import dev.llmretry.examples.client.ChatChunk;
import java.time.Duration;
import java.util.Locale;

/** Text that fits its column. */
final class Text {

  private Text() {}

  /** Formats as {@link String#format}, the same on every machine. */
  static String format(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }

  static String seconds(Duration time) {
    return format("%.2f s", time.toNanos() / 1e9);
  }

  /** Returns the beginning of a line of a timeline. */
  static String time(long nanos) {
    return format("  %7.3f s  ", nanos / 1e9);
  }

  /** Returns what a piece of an answer adds to it. */
  static String of(ChatChunk chunk) {
    return chunk.role() == null
        ? chunk.content()
        : chunk.role().name().toLowerCase(Locale.ROOT) + ": " + chunk.content();
  }

  /** Cuts {@code text} off where it is longer than {@code width}. */
  static String fit(String text, int width) {
    return text.length() <= width ? text : text.substring(0, width - 3) + "...";
  }
}
