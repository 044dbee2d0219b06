package dev.llmretry.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files of the project, from wherever the tests are started. */
final class Repository {

  static final Path ROOT = root();

  private Repository() {}

  private static Path root() {
    Path directory = Path.of("").toAbsolutePath();
    while (!Files.exists(directory.resolve("docs/guide.md"))) {
      directory = directory.getParent();
    }
    return directory;
  }

  /** Returns the pages that users read: the README and those in {@code docs}. */
  static List<Page> pages() {
    // Two levels have all pages; what lies deeper, a running build may delete meanwhile.
    try (Stream<Path> files = Files.walk(ROOT.resolve("docs"), 2)) {
      return Stream.concat(Stream.of(ROOT.resolve("README.md")), files.sorted())
          .filter(file -> file.toString().endsWith(".md"))
          .filter(file -> !file.startsWith(ROOT.resolve("docs/tests")))
          .map(Page::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns a file's text. */
  static String read(String path) {
    try {
      return Files.readString(ROOT.resolve(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
