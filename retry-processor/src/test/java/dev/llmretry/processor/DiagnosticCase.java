package dev.llmretry.processor;

import dev.llmretry.processor.check.Diagnostic;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;

/**
 * Source code, and what our processors have to say about it.
 *
 * <p>In the source, {@code «…»} encloses what the messages point at, in the order of the messages.
 *
 * @param source a source file without a package declaration
 * @param expected what is to be said about it, in the order of the markers
 */
record DiagnosticCase(String source, List<Expected> expected) {

  /**
   * A message.
   *
   * @param essentials what its text contains
   */
  record Expected(Diagnostic diagnostic, List<String> essentials) {}

  /** What is between {@code «} and {@code »}, as offsets into the source without these. */
  record Marker(int start, int end) {}

  /** Returns the case of a source file. */
  static DiagnosticCase file(String source, Diagnostic diagnostic, String... essentials) {
    return clean(source).and(diagnostic, essentials);
  }

  /** Returns the case of a method of an interface. */
  static DiagnosticCase method(String method, Diagnostic diagnostic, String... essentials) {
    return file("interface Chat {\n  " + method + "\n}\n", diagnostic, essentials);
  }

  /** Returns the case of an annotation on a method with nothing else that is notable. */
  static DiagnosticCase annotation(String annotation, Diagnostic diagnostic, String... essentials) {
    return method(
        annotation + "\n  String complete(String prompt) throws IOException;",
        diagnostic,
        essentials);
  }

  /** Returns the case of a source file about which there is nothing to say. */
  static DiagnosticCase clean(String source) {
    return new DiagnosticCase(source, List.of());
  }

  /** Returns the case of a method of an interface about which there is nothing to say. */
  static DiagnosticCase cleanMethod(String method) {
    return clean("interface Chat {\n  " + method + "\n}\n");
  }

  /** Returns the case of an annotation about which there is nothing to say. */
  static DiagnosticCase cleanAnnotation(String annotation) {
    return cleanMethod(annotation + "\n  String complete(String prompt) throws IOException;");
  }

  /** Adds a message to expect. */
  DiagnosticCase and(Diagnostic diagnostic, String... essentials) {
    List<Expected> more = new ArrayList<>(expected);
    more.add(new Expected(diagnostic, List.of(essentials)));
    return new DiagnosticCase(source, List.copyOf(more));
  }

  /** Returns the source file, in a package of its own, with what it may need to import. */
  String text(String packageName) {
    return header(packageName) + source.replaceAll("[«»]", "");
  }

  private static String header(String packageName) {
    StringBuilder header = new StringBuilder("package " + packageName + ";");
    for (String imported :
        List.of(
            "dev.llmretry.*",
            "java.io.*",
            "java.net.*",
            "java.util.*",
            "java.util.concurrent.*",
            "java.util.function.*",
            "java.util.stream.*")) {
      header.append(" import ").append(imported).append(';');
    }
    return header.append('\n').toString();
  }

  /** Returns the markers, as offsets into {@link #text}. */
  List<Marker> markers(String packageName) {
    List<Marker> markers = new ArrayList<>();
    Deque<Integer> open = new ArrayDeque<>();
    int offset = header(packageName).length();
    for (char each : source.toCharArray()) {
      switch (each) {
        case '«' -> open.push(offset);
        case '»' -> markers.add(new Marker(open.pop(), offset));
        default -> offset++;
      }
    }
    markers.sort(Comparator.comparing(Marker::start));
    return markers;
  }

  /** Returns the source as one line. */
  @Override
  public String toString() {
    String ids =
        expected.isEmpty()
            ? "clean"
            : String.join(" ", expected.stream().map(each -> each.diagnostic().id()).toList());
    return ids + ": " + String.join(" ", Arrays.asList(source.strip().split("\\s+")));
  }
}
