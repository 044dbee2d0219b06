package dev.llmretry.providertests;

import dev.llmretry.FailureKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A provider's error response as it was published, with the verdict that is right for it. They are
 * in the folder {@code responses}, beside the modules; its README describes the format.
 *
 * @param name folder and file, such as {@code openai/insufficient-quota}
 * @param verdict what the response is to be taken for
 * @param status the HTTP status; 200 if the error is in an event stream
 * @param headers the headers that matter, the content type among them
 * @param body the body, which may be empty
 */
public record RecordedResponse(
    String name, Verdict verdict, int status, Map<String, String> headers, String body) {

  static final Path FOLDER = Path.of("..", "responses"); // tests run in their module's folder

  private static final String SUFFIX = ".http";
  private static final String STATUS_LINE = "HTTP/1.1 ";

  /** Returns all that are recorded, sorted by name. */
  static List<RecordedResponse> all() {
    try (Stream<Path> files = Files.walk(FOLDER)) {
      return files
          .filter(file -> file.toString().endsWith(SUFFIX))
          .sorted()
          .map(RecordedResponse::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static RecordedResponse read(Path file) {
    String path = FOLDER.relativize(file).toString().replace('\\', '/');
    String name = path.substring(0, path.length() - SUFFIX.length());
    try {
      return parse(name, Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Parses a file: expectations, status line and headers, and the body, separated by empty lines.
   *
   * @throws IllegalArgumentException if it is not of that form
   */
  static RecordedResponse parse(String name, String text) {
    String[] parts = text.split("\n\n", 3);
    check(parts.length > 1, name, "has no empty line after the expectations");
    Verdict verdict = verdict(name, parts[0]);
    String[] head = parts[1].strip().split("\n", -1);
    check(head[0].matches(STATUS_LINE + "[2-5]\\d\\d"), name, "has no status line");
    Map<String, String> headers = new LinkedHashMap<>();
    for (String line : List.of(head).subList(1, head.length)) {
      String[] header = field(name, line);
      check(headers.put(header[0], header[1]) == null, name, "repeats the header " + header[0]);
    }
    String body = parts.length < 3 ? "" : parts[2].replaceFirst("\n$", "");
    int status = Integer.parseInt(head[0].substring(STATUS_LINE.length()));
    return new RecordedResponse(name, verdict, status, headers, body);
  }

  private static Verdict verdict(String name, String expectations) {
    String kind = null;
    Duration wait = null;
    int sources = 0;
    boolean combined = false;
    for (String line : expectations.split("\n", -1)) {
      String[] field = field(name, line);
      switch (field[0]) {
        case "kind" -> kind = field[1];
        case "wait" -> wait = Verdict.parseWait(field[1]);
        case "source" -> {
          check(field[1].startsWith("https://"), name, "has a source that is no URL");
          sources++;
        }
        case "combined" -> combined = true;
        default -> check(false, name, "has an unknown expectation, " + field[0]);
      }
    }
    check(
        sources < 2 || combined, name, "has several sources, and does not say what is from which");
    if (kind == null || sources == 0) {
      throw new IllegalArgumentException(name + " has no " + (kind == null ? "kind" : "source"));
    }
    return new Verdict(FailureKind.valueOf(kind), wait);
  }

  private static String[] field(String name, String line) {
    String[] field = line.split(": ", 2);
    check(field.length == 2, name, "has a line without a colon: " + line);
    return field;
  }

  private static void check(boolean condition, String name, String problem) {
    if (!condition) {
      throw new IllegalArgumentException(name + ' ' + problem);
    }
  }

  /** Returns the provider, gateway or server that sent it. */
  String provider() {
    return name.substring(0, name.indexOf('/'));
  }

  /** Returns whether the error came as an event of a stream that began with success. */
  boolean isEventStream() {
    return status < 300;
  }

  Reply reply() {
    // An event ends with an empty line, and the body with its last character.
    return Reply.of(status, headers, isEventStream() ? body + "\n\n" : body);
  }

  RecordedResponse withoutHeaders() {
    return new RecordedResponse(name, verdict, status, Map.of(), body);
  }

  RecordedResponse withoutBody() {
    return new RecordedResponse(name, verdict, status, headers, "");
  }

  @Override
  public String toString() {
    return name;
  }
}
