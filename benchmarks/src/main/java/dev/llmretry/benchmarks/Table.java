package dev.llmretry.benchmarks;

import java.util.Locale;

/** Text in columns, for people. */
public final class Table {

  private final String row;
  private final StringBuilder text = new StringBuilder();

  /**
   * Makes an empty table.
   *
   * @param row how a row is formatted
   */
  public Table(String row) {
    this.row = row;
  }

  /** Adds a row. */
  public void addRow(Object... cells) {
    add("%s%n", String.format(Locale.ROOT, row, cells).stripTrailing());
  }

  /** Adds what is no row. */
  public void add(String format, Object... arguments) {
    text.append(String.format(Locale.ROOT, format, arguments));
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
