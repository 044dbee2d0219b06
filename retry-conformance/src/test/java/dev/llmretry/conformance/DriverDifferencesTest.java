package dev.llmretry.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmretry.conformance.RetryCase.Difference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The README lists every case in which drivers differ, with the reason. */
class DriverDifferencesTest {

  private static final String HEADER = "| Case | Drivers | Reason |";

  @Test
  void theReadmeListsTheDifferencesBetweenDrivers() throws IOException {
    List<String> expected =
        RetryCases.all()
            .flatMap(each -> each.difference().stream())
            .map(DriverDifferencesTest::row)
            .toList();
    List<String> documented =
        Files.readAllLines(Path.of("README.md")).stream()
            .dropWhile(line -> !line.equals(HEADER))
            .skip(2)
            .takeWhile(line -> line.startsWith("|"))
            .toList();
    assertThat(documented).containsExactlyElementsOf(expected);
  }

  @Test
  void namesOfCasesAreUnique() {
    assertThat(RetryCases.all().map(RetryCase::name)).doesNotHaveDuplicates();
  }

  private static String row(Difference difference) {
    String styles =
        difference.styles().stream()
            .map(style -> style.name().toLowerCase(Locale.ROOT).replace('_', ' '))
            .collect(Collectors.joining(", "));
    return "| " + difference.caseName() + " | " + styles + " | " + difference.reason() + " |";
  }
}
