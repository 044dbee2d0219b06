package dev.llmretry.providertests.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** As much of OpenAI's format as clients written by hand need. */
final class Wire {

  static final String PATH = "/v1/chat/completions";

  private static final String DATA = "data: ";

  private Wire() {}

  static String request(String question) {
    return "{\"model\": \"gpt-4o\", \"messages\": [{\"role\": \"user\", \"content\": \"%s\"}]}"
        .formatted(question);
  }

  /** Returns what the proper answer in {@code body} says. */
  static String text(String body) {
    return member(body, "content");
  }

  /** Returns the text of the first member of that name, or null. */
  static String member(String json, String name) {
    Matcher member = Pattern.compile('"' + name + "\": \"([^\"]*)\"").matcher(json);
    return member.find() ? member.group(1) : null;
  }

  /** Returns the pieces in server-sent events, as they come; closing them closes the body. */
  static Stream<String> pieces(InputStream body) {
    return pieces(new BufferedReader(new InputStreamReader(body, UTF_8)).lines())
        .onClose(() -> close(body));
  }

  /** Returns the pieces in the lines of server-sent events. */
  static Stream<String> pieces(Stream<String> lines) {
    return lines
        .filter(line -> line.startsWith(DATA) && !line.equals("data: [DONE]"))
        .map(line -> piece(line.substring(DATA.length())))
        .filter(piece -> !piece.isEmpty());
  }

  private static String piece(String event) {
    if (event.contains("\"error\"")) {
      throw new UncheckedIOException(new ApiException(200, Map.of(), event));
    }
    return text(event);
  }

  static void close(Closeable body) {
    try {
      body.close();
    } catch (IOException e) {
      // It was in the middle of an answer that nobody wants any more.
    }
  }
}
