package dev.llmretry.benchmarks;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What was measured, for people.
 *
 * @param text tables, in Markdown
 * @param verdicts what is held to a target
 */
public record Measurement(String text, List<Verdict> verdicts) {

  private static final Gson GSON = new GsonBuilder().setPrettyPrinting().create();

  /** Returns a line that says where this program runs. */
  public static String machine() {
    int processors = Runtime.getRuntime().availableProcessors();
    return "JDK " + Runtime.version() + ", " + processors + " processors\n";
  }

  /** Reads what {@link #save} wrote. */
  static Measurement read(Path file) throws IOException {
    return GSON.fromJson(Files.readString(file), Measurement.class);
  }

  /** Prints it, and keeps it for {@link Documentation}. */
  public void save(String name) throws IOException {
    System.out.println();
    System.out.print(text);
    Files.writeString(ResultFiles.of(name + ".json"), GSON.toJson(this));
  }
}
