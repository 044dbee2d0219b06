package dev.llmretry.benchmarks.compiletime;

/** What javac is given. */
enum Way {
  ALONE("%s alone"),
  AS_SOURCES("%s and what %s generates, as sources"),
  PROCESSED("%s, processed by %s");

  private final String text;

  Way(String text) {
    this.text = text;
  }

  String text(Workload workload) {
    return text.formatted(workload.types(), workload.text());
  }
}
