package dev.llmretry.benchmarks;

/** A part of a document that a program writes, between two comments. */
final class GeneratedPart {

  private GeneratedPart() {}

  /** Returns {@code document} with {@code text} in the part of that name. */
  static String replace(String document, String name, String text) {
    String begin = "<!-- generated: " + name + " -->\n";
    String end = "<!-- end of " + name + " -->\n";
    int from = document.indexOf(begin);
    int to = document.indexOf(end, from);
    if (from < 0 || to < 0) {
      throw new IllegalArgumentException("No part " + name);
    }
    return document.substring(0, from + begin.length())
        + "\n"
        + text
        + "\n"
        + document.substring(to);
  }
}
