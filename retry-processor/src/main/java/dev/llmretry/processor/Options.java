package dev.llmretry.processor;

import static java.util.stream.Collectors.joining;

import dev.llmretry.processor.check.Diagnostic;
import dev.llmretry.processor.check.Diagnostic.Severity;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.annotation.processing.Messager;
import javax.tools.Diagnostic.Kind;

/** The options of the processor, as in {@code -Akey=value}. */
final class Options {

  /** Ids of warnings and notes to suppress, separated by commas. */
  static final String OFF = "llmretry.off";

  /** Qualified names of composed annotations to claim, separated by commas. */
  static final String COMPOSED = "llmretry.composed";

  /** What weaves annotated classes after compilation: {@code aspectj}. */
  static final String WEAVING = "llmretry.weaving";

  private Options() {}

  /** Returns whether AspectJ weaves the compiled classes. */
  static boolean isWoven(Map<String, String> options) {
    return "aspectj".equals(options.get(WEAVING));
  }

  static Set<String> list(Map<String, String> options, String key) {
    String value = options.get(key);
    return value == null
        ? Set.of()
        : Arrays.stream(value.split(","))
            .map(String::strip)
            .filter(item -> !item.isEmpty())
            .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** Warns of ids to suppress that do not exist. */
  static void checkOff(Map<String, String> options, Messager messager) {
    Set<String> known =
        Arrays.stream(Diagnostic.values())
            .filter(diagnostic -> diagnostic.severity() != Severity.ERROR)
            .map(Diagnostic::id)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    Set<String> off = list(options, OFF);
    for (String id : off) {
      if (!known.contains(id) && !off.contains(Diagnostic.UNKNOWN_ID.id())) {
        messager.printMessage(
            Kind.WARNING, Diagnostic.UNKNOWN_ID.message(id, known.stream().collect(joining(", "))));
      }
    }
  }
}
