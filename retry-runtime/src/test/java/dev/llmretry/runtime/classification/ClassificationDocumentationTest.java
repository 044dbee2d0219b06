package dev.llmretry.runtime.classification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmretry.FailureKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The tables of {@code docs/classification.md}, row by row. */
class ClassificationDocumentationTest {

  private static final Path DOCUMENT = Path.of("../docs/classification.md");

  /** Returns the cells of the rows of the table with that first column. */
  private static List<List<String>> table(String firstColumn) throws IOException {
    List<List<String>> rows = new ArrayList<>();
    boolean inside = false;
    for (String line : Files.readAllLines(DOCUMENT)) {
      if (line.startsWith("| " + firstColumn + " |")) {
        inside = true;
      } else if (inside && !line.startsWith("|")) {
        return rows;
      } else if (inside && !line.startsWith("|-")) {
        rows.add(
            Arrays.stream(line.substring(1).split("\\|"))
                .map(cell -> cell.replace("`", "").strip())
                .toList());
      }
    }
    return rows;
  }

  private static List<String> items(String cell) {
    return Arrays.asList(cell.split(", "));
  }

  @Test
  void tellsEveryKindAndWhetherItIsRetried() throws IOException {
    List<List<String>> rows = table("kind");
    assertThat(rows)
        .extracting(row -> FailureKind.valueOf(row.get(0)))
        .containsExactly(FailureKind.values());
    for (List<String> row : rows) {
      boolean retried = FailureKind.valueOf(row.get(0)).isRetryable();
      assertThat(row.get(1)).as(row.get(0)).isEqualTo(retried ? "yes" : "no");
    }
  }

  @Test
  void tellsWhatEachMarkerMeans() throws IOException {
    List<List<String>> rows = table("marker");
    assertThat(rows).hasSizeGreaterThan(40);
    for (List<String> row : rows) {
      for (String name : items(row.get(0))) {
        Marker marker = ErrorMarkers.find(name);
        assertThat(marker).as(name).isNotNull();
        assertThat(marker.kind()).as(name).isEqualTo(FailureKind.valueOf(row.get(1)));
        assertThat(marker.force().name()).as(name).isEqualToIgnoringCase(row.get(2));
      }
    }
  }

  @Test
  void tellsWhatEachStatusMeans() throws IOException {
    List<List<String>> rows = table("status");
    assertThat(rows).isNotEmpty();
    for (List<String> row : rows) {
      for (String status : items(row.get(0))) {
        Map<String, List<String>> none = Map.of();
        Reading reading =
            new Reading(FailureFacts.ofResponse(Integer.parseInt(status), none), Clock.systemUTC());
        assertThat(ProviderRules.judge(reading).failure().kind())
            .as(status)
            .isEqualTo(FailureKind.valueOf(row.get(1)));
      }
    }
  }
}
