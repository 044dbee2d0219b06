package dev.llmretry.processor;

import dev.llmretry.processor.check.Diagnostic;
import dev.llmretry.processor.check.Diagnostic.Severity;
import dev.llmretry.processor.check.Reporter;
import dev.llmretry.processor.model.Position;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.annotation.processing.Messager;
import javax.lang.model.element.Element;
import javax.tools.Diagnostic.Kind;

/** Reports diagnostics to the compiler, each once, except for those that are suppressed. */
final class DiagnosticPrinter implements Reporter {

  private final Messager messager;
  private final Set<String> off;
  private final Set<List<Object>> printed = new HashSet<>();
  private boolean hasErrors;

  /**
   * Creates a printer.
   *
   * @param off the ids of the warnings and notes to suppress
   */
  DiagnosticPrinter(Messager messager, Set<String> off) {
    this.messager = messager;
    this.off = off;
  }

  @Override
  public void report(Diagnostic diagnostic, Position at, Object... arguments) {
    if (diagnostic.severity() == Severity.ERROR) {
      hasErrors = true;
    } else if (isSuppressed(diagnostic.id(), at.element())) {
      return;
    }
    String message = diagnostic.message(arguments);
    if (printed.add(List.of(message, at.element(), String.valueOf(at.value())))) {
      messager.printMessage(
          kind(diagnostic.severity()), message, at.element(), at.annotation(), at.value());
    }
  }

  /** Returns whether an error has been reported since the previous call. */
  boolean takeErrors() {
    boolean taken = hasErrors;
    hasErrors = false;
    return taken;
  }

  private boolean isSuppressed(String id, Element at) {
    if (off.contains(id)) {
      return true;
    }
    for (Element element = at; element != null; element = element.getEnclosingElement()) {
      SuppressWarnings suppressed = element.getAnnotation(SuppressWarnings.class);
      if (suppressed != null && Arrays.asList(suppressed.value()).contains(id)) {
        return true;
      }
    }
    return false;
  }

  private static Kind kind(Severity severity) {
    return switch (severity) {
      case ERROR -> Kind.ERROR;
      case WARNING -> Kind.WARNING;
      case NOTE -> Kind.NOTE;
    };
  }
}
