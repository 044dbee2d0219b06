package dev.llmretry.processor.read;

import dev.llmretry.processor.model.Sdk;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.lang.model.SourceVersion;

/** The SDKs that retry by themselves, as listed in {@code sdks.txt} beside this class. */
public final class SdkCatalogue {

  private static final String RESOURCE = "sdks.txt";

  private static final Pattern SEPARATOR = Pattern.compile("\\|");

  private static final List<Sdk> SDKS = load();

  private SdkCatalogue() {}

  /** Returns all SDKs, in the order of the file. */
  public static List<Sdk> all() {
    return SDKS;
  }

  /** Compilers load processors by class loaders of their own, hence relative to this class. */
  private static List<Sdk> load() {
    try (InputStream in = SdkCatalogue.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException(RESOURCE + " is missing beside " + SdkCatalogue.class);
      }
      return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + RESOURCE, e);
    }
  }

  /**
   * Parses rows of five columns, separated by {@code |}. Empty lines and those that begin with
   * {@code #} are ignored.
   *
   * @throws IllegalArgumentException if a row is malformed, or an SDK is listed twice
   */
  static List<Sdk> parse(String text) {
    Map<String, Sdk> byException = new LinkedHashMap<>();
    List<String> lines = text.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (!line.isEmpty() && !line.startsWith("#")) {
        Sdk sdk = parseRow(line, i + 1);
        if (byException.putIfAbsent(sdk.exception(), sdk) != null) {
          throw malformed(i + 1, sdk.exception() + " is listed twice");
        }
      }
    }
    return List.copyOf(byException.values());
  }

  private static Sdk parseRow(String row, int line) {
    List<String> columns = Arrays.stream(SEPARATOR.split(row, -1)).map(String::strip).toList();
    if (columns.size() != 5) {
      throw malformed(line, columns.size() + " columns instead of 5");
    }
    if (columns.contains("")) {
      throw malformed(line, "a column is empty");
    }
    for (String name : columns.subList(1, 3)) {
      if (!SourceVersion.isName(name)) {
        throw malformed(line, name + " is not the name of a class or package");
      }
    }
    return new Sdk(columns.get(0), columns.get(1), columns.get(2), columns.get(3), columns.get(4));
  }

  private static IllegalArgumentException malformed(int line, String problem) {
    return new IllegalArgumentException(RESOURCE + ", line " + line + ": " + problem);
  }
}
