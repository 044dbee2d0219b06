package dev.llmretry.providertests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What SDKs lose of a response before their exception can be read, as listed in {@code
 * responses/losses.txt}: there, another verdict is to be expected than for the whole response.
 */
final class Losses {

  /**
   * A line of the list.
   *
   * @param carrier the carrier, alone or with one of its ways, such as {@code azure:streaming}
   * @param responses the names of the responses; {@code *} stands for any text
   * @param rest what can be told from the rest: {@code without headers}, {@code without body},
   *     {@code status only} or a verdict
   * @param reason why
   */
  record Loss(String carrier, String responses, String rest, String reason) {

    private boolean applies(String carrier, Way way) {
      return this.carrier.equals(carrier) || this.carrier.equals(carrier + ':' + name(way));
    }

    boolean applies(String carrier, Way way, RecordedResponse response) {
      return (applies(carrier, way) || applies(withoutVersion(carrier), way))
          && Pattern.matches(Pattern.quote(responses).replace("*", "\\E.*\\Q"), response.name());
    }

    Verdict verdict(RecordedResponse response) {
      return switch (rest) {
        case "without headers" -> Verdict.of(new ResponseException(response.withoutHeaders()));
        case "without body" -> Verdict.of(new ResponseException(response.withoutBody()));
        case "status only" ->
            Verdict.of(new ResponseException(response.withoutHeaders().withoutBody()));
        default -> Verdict.parse(rest);
      };
    }

    /** Returns whether the loss changes the verdict on a response. */
    boolean matters(RecordedResponse response) {
      return !verdict(response).equals(response.verdict());
    }
  }

  /** Ends the name of a carrier whose oldest version is tested. */
  static final String OLDEST = "-oldest";

  private static final int COLUMNS = 4;

  private final List<Loss> list;

  private Losses(List<Loss> list) {
    this.list = list;
  }

  static Losses read() {
    try {
      return parse(Files.readAllLines(RecordedResponse.FOLDER.resolve("losses.txt")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Parses the lines of the list; those that are empty or begin with {@code #} are ignored.
   *
   * @throws IllegalArgumentException if one has not four columns
   */
  static Losses parse(List<String> lines) {
    return new Losses(
        lines.stream()
            .filter(line -> !line.isBlank() && !line.startsWith("#"))
            .map(Losses::loss)
            .toList());
  }

  private static Loss loss(String line) {
    String[] columns = line.split("\\s*\\|\\s*", -1);
    if (columns.length != COLUMNS) {
      throw new IllegalArgumentException("Not of " + COLUMNS + " columns: " + line);
    }
    return new Loss(columns[0].strip(), columns[1], columns[2], columns[3].strip());
  }

  static String withoutVersion(String carrier) {
    return carrier.replaceFirst(OLDEST + '$', "");
  }

  private static String name(Way way) {
    return way.name().toLowerCase(Locale.ROOT);
  }

  List<Loss> all() {
    return list;
  }

  /** Returns the first line for that case, or null. */
  @Nullable Loss find(String carrier, Way way, RecordedResponse response) {
    return list.stream()
        .filter(loss -> loss.applies(carrier, way, response))
        .findFirst()
        .orElse(null);
  }

  /** Returns the lines with exactly that carrier. */
  List<Loss> of(String carrier) {
    return list.stream()
        .filter(loss -> loss.carrier().replaceFirst(":.*", "").equals(carrier))
        .toList();
  }
}
