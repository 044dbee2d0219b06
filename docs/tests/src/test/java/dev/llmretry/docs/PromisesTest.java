package dev.llmretry.docs;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The tests that are named for the promises exist. */
class PromisesTest {

  /** The last two cells of a row: a module, and names of tests with commas between. */
  private static final Pattern ROW = Pattern.compile("\\| `([\\w/-]+)` \\| `([\\w*,]+Test)` \\|");

  record Tests(String module, String pattern) {

    Pattern asRegex() {
      return Pattern.compile(pattern.replace("*", "\\w*"));
    }
  }

  static Stream<Tests> tests() {
    return ROW.matcher(Repository.read("docs/promises.md"))
        .results()
        .flatMap(
            row -> Stream.of(row.group(2).split(",")).map(name -> new Tests(row.group(1), name)));
  }

  @ParameterizedTest
  @MethodSource("tests")
  void exist(Tests tests) throws IOException {
    assertThat(namesIn(tests.module())).anyMatch(tests.asRegex().asMatchPredicate());
  }

  private static Set<String> namesIn(String module) throws IOException {
    Path sources = Repository.ROOT.resolve(module).resolve("src/test");
    try (Stream<Path> files = Files.walk(sources)) {
      return files
          .map(file -> file.getFileName().toString().replaceAll("[.](?:java|kt)$", ""))
          .collect(toSet());
    }
  }
}
