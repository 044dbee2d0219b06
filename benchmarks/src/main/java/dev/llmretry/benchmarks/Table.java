package dev.llmretry.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A table in Markdown that reads well in a terminal too. Columns of numbers are aligned right. */
public final class Table {

  /** A number, perhaps in parentheses; or nothing. */
  private static final Pattern NUMBER = Pattern.compile("\\(?-?[\\d,.]*\\)?");

  private final List<List<String>> rows = new ArrayList<>();

  /** Makes a table without rows. */
  public Table(String... heads) {
    rows.add(List.of(heads));
  }

  /** Adds a row. */
  public void addRow(Object... cells) {
    rows.add(IntStream.range(0, cells.length).mapToObj(i -> String.valueOf(cells[i])).toList());
  }

  @Override
  public String toString() {
    List<Integer> widths =
        IntStream.range(0, rows.get(0).size())
            .mapToObj(i -> rows.stream().mapToInt(row -> row.get(i).length()).max().orElse(0))
            .map(width -> Math.max(width, 2))
            .toList();
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      lines.add(line(i -> padded(row.get(i), widths.get(i), isNumber(i))));
    }
    lines.add(1, line(i -> "-".repeat(widths.get(i) - 1) + (isNumber(i) ? ":" : "-")));
    return String.join("\n", lines) + "\n";
  }

  private boolean isNumber(int column) {
    return column > 0
        && rows.stream().skip(1).allMatch(row -> NUMBER.matcher(row.get(column)).matches());
  }

  private String line(IntFunction<String> cell) {
    return IntStream.range(0, rows.get(0).size())
        .mapToObj(cell)
        .collect(Collectors.joining(" | ", "| ", " |"));
  }

  private static String padded(String text, int width, boolean right) {
    return String.format(Locale.ROOT, "%" + (right ? "" : "-") + width + "s", text);
  }
}
