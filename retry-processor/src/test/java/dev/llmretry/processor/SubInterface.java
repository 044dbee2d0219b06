package dev.llmretry.processor;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * An annotated interface that extends one of a library.
 *
 * @param name its simple name
 * @param header its declaration, up to the brace
 * @param methods what it inherits, written as declarations of its own
 */
record SubInterface(String name, String header, List<String> methods) {

  static final String PACKAGE = "wild";

  private static final int LINES_BEFORE = 6;

  /** Returns the name of its source file. */
  String file() {
    return name + ".java";
  }

  /** Returns the source text that declares all methods again, each on a line of its own. */
  String redeclaring() {
    return source(methods);
  }

  /** Returns which method {@link #redeclaring} has on a line, counted from 1; -1 if none. */
  int methodAt(long line) {
    int index = (int) line - 1 - LINES_BEFORE;
    return index < methods.size() ? index : -1;
  }

  /** Returns the source text that inherits all methods, but for those that opt out. */
  String withoutRetryOf(Set<Integer> indices) {
    return source(
        IntStream.range(0, methods.size())
            .filter(indices::contains)
            .mapToObj(index -> "@NoRetry " + methods.get(index))
            .toList());
  }

  /** An interface may have no method to retry, as markers have none, or be functional. */
  private String source(List<String> members) {
    return """
        package %s;

        import dev.llmretry.*;

        @LlmRetry(max = 1, baseDelayMs = 0) @SuppressWarnings({"LR032", "LR049"})
        %s {
        %s
        }
        """
        .formatted(PACKAGE, header, String.join("\n", members));
  }
}
