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

/** What a build can say to the processor, as {@code -Akey=value}. */
final class Options {

  /** Ids of warnings and notes that are not to be reported, separated by commas. */
  static final String OFF = "llmretry.off";

  /** Qualified names of composed annotations, separated by commas, for the processor to claim. */
  static final String COMPOSED = "llmretry.composed";

  /** What weaves annotated classes after the compiler: {@code aspectj}. */
  static final String WEAVING = "llmretry.weaving";

  private Options() {}

  /** Returns whether the build says that AspectJ weaves what is compiled. */
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

  /** Says which ids to silence are none. */
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
