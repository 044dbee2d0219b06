package dev.llmretry.benchmarks.compiletime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Many annotated types of four methods each, and the processor for them. */
enum Workload {
  LLM_RETRY(
      "LlmRetry",
      "interfaces",
      "retry-processor.jar",
      """
      package acme.part%1$d;

      import dev.llmretry.LlmRetry;
      import dev.llmretry.runtime.CancellationToken;
      import java.io.IOException;
      import java.util.List;

      public interface Client%2$d {
        @LlmRetry
        String complete(String prompt) throws IOException;

        @LlmRetry(max = 5, baseDelayMs = 200)
        String complete(String prompt, CancellationToken cancel) throws IOException;

        @LlmRetry(maxDelayMs = 1_000)
        List<String> models(int most) throws IOException;

        @LlmRetry
        void ping();
      }
      """,
      "Client"),
  AUTO_VALUE(
      "AutoValue",
      "abstract classes",
      "auto-value.jar",
      """
      package acme.part%1$d;

      import com.google.auto.value.AutoValue;
      import java.util.List;

      @AutoValue
      abstract class Value%2$d {
        abstract String name();

        abstract int count();

        abstract List<String> models();

        abstract double price();
      }
      """,
      "Value");

  /** A package of a real project does not have thousands of types. */
  private static final int TYPES_PER_PACKAGE = 50;

  private final String text;
  private final String types;
  private final String processor;
  private final String source;
  private final String name;

  Workload(String text, String types, String processor, String source, String name) {
    this.text = text;
    this.types = types;
    this.processor = processor;
    this.source = source;
    this.name = name;
  }

  String text() {
    return text;
  }

  /** Returns what the types are, in words. */
  String types() {
    return types;
  }

  /** Returns the name of the jar with the processor. */
  String processor() {
    return processor;
  }

  /** Writes so many types. */
  void writeSources(Path directory, int count) throws IOException {
    for (int i = 0; i < count; i++) {
      int part = i / TYPES_PER_PACKAGE;
      Path folder = Files.createDirectories(directory.resolve("acme/part" + part));
      Files.writeString(folder.resolve(name + i + ".java"), source.formatted(part, i));
    }
  }
}
