package dev.llmretry.runtime.internal.classification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmretry.FailureKind;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The tables of {@code docs/classification.md}, row by row, and that they leave nothing out. */
class ClassificationDocumentationTest {

  private static final Path DOCUMENT = Path.of("../docs/classification.md");

  private static final Pattern QUOTED = Pattern.compile("`([^`\n]+)`");

  /** Statuses of all kinds. */
  private static final List<Integer> STATUSES = List.of(0, 200, 400, 401, 418, 429, 500, 529);

  private final StandardClassifier classifier = new StandardClassifier(List.of());

  @Test
  void tellsEveryKindAndWhetherItIsRetried() throws IOException {
    List<List<String>> rows = rows("kind");
    assertThat(rows)
        .extracting(row -> FailureKind.valueOf(row.get(0)))
        .containsExactly(FailureKind.values());
    for (List<String> row : rows) {
      boolean retried = FailureKind.valueOf(row.get(0)).isRetryable();
      assertThat(row.get(1)).as(row.get(0)).isEqualTo(retried ? "yes" : "no");
    }
  }

  @Test
  void tellsWhatEachCodeMeansAsCodeAndAsType() throws IOException {
    for (List<String> row : rows("code")) {
      FailureKind kind = FailureKind.valueOf(row.get(2));
      for (String name : items(row.get(0))) {
        for (String status : items(row.get(1))) {
          HttpError error = new HttpError(Integer.parseInt(status));
          assertThat(kindOf(error.code(name))).as("code %s, %s", name, status).isEqualTo(kind);
          error = new HttpError(Integer.parseInt(status));
          assertThat(kindOf(error.type(name))).as("type %s, %s", name, status).isEqualTo(kind);
        }
      }
    }
  }

  @Test
  void tellsHowMuchEachCodeCounts() throws IOException {
    for (List<String> row : rows("code")) {
      FailureKind kind = FailureKind.valueOf(row.get(2));
      for (String name : items(row.get(0))) {
        ErrorCodeRule rule = ErrorCodeTable.find(name);
        assertThat(rule).as(name).isNotNull();
        assertThat(rule.precedence().name()).as(name).isEqualToIgnoringCase(row.get(3));
        if (!rule.has(ErrorCodeRule.Precedence.VAGUE)) {
          assertThat(STATUSES)
              .as(name)
              .allMatch(status -> kindOf(new HttpError(status).code(name)) == kind);
        }
      }
    }
  }

  @Test
  void leavesNoCodeOut() throws Exception {
    Map<?, ?> rules = (Map<?, ?>) constant(ErrorCodeTable.class, "RULES");
    TreeSet<Object> documented = new TreeSet<>();
    for (List<String> row : rows("code")) {
      items(row.get(0)).forEach(name -> documented.add(ResponseBody.plain(name)));
    }
    assertThat(documented).isEqualTo(new TreeSet<Object>(rules.keySet()));
  }

  @Test
  void tellsAllPhrasesOfMessagesInTheirOrder() throws Exception {
    List<MessageRule> documented = new ArrayList<>();
    for (List<String> row : rows("message")) {
      for (String phrases : items(row.get(0))) {
        String[] both = phrases.split(" \\+ ");
        documented.add(
            new MessageRule(
                FailureKind.valueOf(row.get(1)),
                both[0],
                both.length > 1 ? both[1] : "",
                FailureKind.valueOf(row.get(2)),
                ""));
      }
    }
    List<?> rules = (List<?>) constant(MessageRules.class, "RULES");
    assertThat(documented)
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("reason")
        .isEqualTo(rules);
  }

  @Test
  void tellsWhatEachPhraseMeans() throws IOException {
    Map<FailureKind, Integer> statuses =
        Map.of(
            FailureKind.INVALID_REQUEST, 400,
            FailureKind.FORBIDDEN, 403,
            FailureKind.QUOTA_EXHAUSTED, 402,
            FailureKind.RATE_LIMITED, 429,
            FailureKind.SERVER, 500,
            FailureKind.UNKNOWN, 200);
    for (List<String> row : rows("message")) {
      int status = statuses.get(FailureKind.valueOf(row.get(1)));
      for (String phrases : items(row.get(0))) {
        assertThat(kindOf(new HttpError(status, phrases + " and so on")))
            .as(phrases)
            .isEqualTo(FailureKind.valueOf(row.get(2)));
      }
    }
  }

  @Test
  void tellsWhatEachStatusMeans() throws IOException {
    Map<String, FailureKind> documented = new TreeMap<>();
    for (List<String> row : rows("status")) {
      for (String status : items(row.get(0))) {
        assertThat(documented.put(status, FailureKind.valueOf(row.get(1)))).as(status).isNull();
      }
    }
    for (int status = -1; status <= 700; status++) {
      FailureKind rest =
          switch (status / 100) {
            case 4 -> documented.get("other 4xx");
            case 5 -> documented.get("other 5xx");
            default -> documented.get("all others");
          };
      assertThat(kindOf(new HttpError(status)))
          .as("status %d", status)
          .isEqualTo(documented.getOrDefault(String.valueOf(status), rest));
    }
  }

  @Test
  void namesEveryHeader() throws IOException {
    List<String> quoted = new ArrayList<>();
    Matcher matcher = QUOTED.matcher(Files.readString(DOCUMENT));
    while (matcher.find()) {
      quoted.add(matcher.group(1));
    }
    assertThat(ResponseHeader.values())
        .allSatisfy(header -> assertThat(quoted).anyMatch(header::isNamed));
  }

  private FailureKind kindOf(Throwable error) {
    return classifier.classify(error, InstantSource.system()).kind();
  }

  /** Returns the cells of the rows of all tables with that first column. */
  private static List<List<String>> rows(String firstColumn) throws IOException {
    List<List<String>> rows = new ArrayList<>();
    boolean inside = false;
    for (String line : Files.readAllLines(DOCUMENT)) {
      if (line.startsWith("| " + firstColumn + " |")) {
        inside = true;
      } else if (!line.startsWith("|")) {
        inside = false;
      } else if (inside && !line.startsWith("|-")) {
        rows.add(
            Arrays.stream(line.substring(1).split("\\|"))
                .map(cell -> cell.replace("`", "").strip())
                .toList());
      }
    }
    assertThat(rows).as("rows of tables that begin with the column %s", firstColumn).isNotEmpty();
    return rows;
  }

  private static List<String> items(String cell) {
    return Arrays.asList(cell.split(", "));
  }

  private static Object constant(Class<?> type, String name) throws ReflectiveOperationException {
    Field field = type.getDeclaredField(name);
    field.setAccessible(true);
    return field.get(null);
  }
}
