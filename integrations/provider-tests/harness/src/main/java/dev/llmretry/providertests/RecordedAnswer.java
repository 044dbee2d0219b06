package dev.llmretry.providertests;

import dev.llmretry.FailureKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A provider's answer with HTTP 200 as it was published. They are in the folder {@code answers},
 * beside the modules; its README describes the format.
 *
 * @param response the answer; if it is accepted, its verdict says nothing
 * @param accepted whether a check accepts it
 */
record RecordedAnswer(RecordedResponse response, boolean accepted) {

  private static final Path FOLDER = Path.of("..", "answers"); // tests run in their module's folder
  private static final String SUFFIX = ".http";
  private static final String ACCEPTED = "kind: none\n";

  /** Returns the answers of a wire format, sorted by name. */
  static List<RecordedAnswer> all(String format) {
    try (Stream<Path> files = Files.list(FOLDER.resolve(format))) {
      return files
          .filter(file -> file.toString().endsWith(SUFFIX))
          .sorted()
          .map(RecordedAnswer::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static RecordedAnswer read(Path file) {
    try {
      String text = Files.readString(file);
      boolean accepted = text.startsWith(ACCEPTED);
      String expecting = accepted ? text.replaceFirst(ACCEPTED, "kind: UNKNOWN\n") : text;
      String name = file.getFileName().toString().replace(SUFFIX, "");
      return new RecordedAnswer(RecordedResponse.parse(name, expecting), accepted);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String name() {
    return response.name();
  }

  /** Returns the kind with which it is rejected, or null. */
  @Nullable FailureKind kind() {
    return accepted ? null : response.verdict().kind();
  }

  boolean isStream() {
    return String.valueOf(response.headers().get("content-type")).startsWith("text/event-stream");
  }

  Reply reply() {
    return Reply.of(
        response.status(), response.headers(), response.body() + (isStream() ? "\n\n" : ""));
  }

  @Override
  public String toString() {
    return name();
  }
}
