package dev.llmretry.docs;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;

/** What a snippet is a piece of, and what has to stand around it. Adds no line before it. */
enum Form {
  /** Whole types, perhaps with imports. */
  TYPES("", ""),
  /** What stands in a method. */
  STATEMENTS("class Snippet extends Given { void run() throws Exception { ", "\n}}"),
  /** Methods without bodies. */
  INTERFACE_MEMBERS("interface Snippet { ", "\n}"),
  /** Methods with bodies, and fields. */
  CLASS_MEMBERS("class Snippet extends Given { ", "\n}"),
  /** A module's declaration. */
  MODULE("", "");

  private final String before;
  private final String after;

  Form(String before, String after) {
    this.before = before;
    this.after = after;
  }

  /** Returns the form in which {@code code} is Java, or the one that comes closest. */
  static Form of(String code) {
    if (code.startsWith("module ")) {
      return MODULE;
    }
    Form closest = TYPES;
    long farthest = -1;
    for (Form form : List.of(TYPES, STATEMENTS, CLASS_MEMBERS)) {
      long line = firstErrorLine(form.around(code));
      if (line > farthest) {
        closest = form;
        farthest = line;
      }
    }
    return closest == CLASS_MEMBERS && hasNoBodies(code) ? INTERFACE_MEMBERS : closest;
  }

  String around(String code) {
    return before + code + after;
  }

  private static long firstErrorLine(String source) {
    var errors = new DiagnosticCollector<JavaFileObject>();
    parse(source, errors);
    return errors.getDiagnostics().stream()
        .filter(error -> error.getKind() == Diagnostic.Kind.ERROR)
        .mapToLong(Diagnostic::getLineNumber)
        .min()
        .orElse(Long.MAX_VALUE);
  }

  private static boolean hasNoBodies(String code) {
    return Stream.of(parse(CLASS_MEMBERS.around(code), new DiagnosticCollector<>()))
        .flatMap(unit -> unit.getTypeDecls().stream())
        .flatMap(type -> ((ClassTree) type).getMembers().stream())
        .allMatch(member -> member instanceof MethodTree method && method.getBody() == null);
  }

  private static CompilationUnitTree parse(
      String source, DiagnosticCollector<JavaFileObject> errors) {
    var compiler = ToolProvider.getSystemJavaCompiler();
    var file = new SourceText("Snippet.java", source);
    var task =
        (JavacTask)
            compiler.getTask(
                null,
                null,
                errors,
                List.of("--release", "17", "-proc:none"), // a processor would hold errors back
                null,
                List.of(file));
    try {
      return task.parse().iterator().next();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
