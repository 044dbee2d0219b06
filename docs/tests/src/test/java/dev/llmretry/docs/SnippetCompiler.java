package dev.llmretry.docs;

import dev.llmretry.LlmRetry;
import dev.llmretry.aspectj.AspectJRetries;
import dev.llmretry.processor.ComposedAnnotationProcessor;
import dev.llmretry.processor.LlmRetryProcessor;
import dev.llmretry.runtime.RetryRuntime;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;
import org.aspectj.lang.JoinPoint;
import org.jspecify.annotations.NullMarked;

/**
 * Compiles the snippets of one page, as users would: with the processor, and so that no warning
 * passes.
 *
 * @param given where the classes are that snippets use and do not show
 * @param page where those of the page's snippets go; each sees those of the snippets before it
 */
record SnippetCompiler(Path given, Path page) {

  private static final String PACKAGE = "com.acme";

  /** What snippets need not import. Classes that they do import come before these. */
  private static final String IMPORTS =
      Stream.of(
              "dev.llmretry.*",
              "dev.llmretry.runtime.*",
              "dev.llmretry.aspectj.*",
              "dev.llmretry.runtime.classification.*",
              "dev.llmretry.testing.*",
              "java.io.*",
              "java.net.*",
              "java.net.http.*",
              "java.time.*",
              "java.util.*",
              "java.util.concurrent.*",
              "java.util.function.*",
              "java.util.stream.*",
              "javax.net.ssl.SSLException",
              "org.junit.jupiter.api.Test",
              "static org.junit.jupiter.api.Assertions.*")
          .map("import %s; "::formatted)
          .collect(Collectors.joining());

  /** What is said of a snippet, with the line of the page. */
  record Message(Diagnostic.Kind kind, long line, String text) {}

  /** Compiles what snippets use and do not show. */
  static void compileGiven(Path sources, Path classes) throws IOException {
    List<JavaFileObject> files = new ArrayList<>();
    try (Stream<Path> walk = Files.walk(sources)) {
      for (Path file : walk.filter(path -> path.toString().endsWith(".java")).toList()) {
        String path = sources.relativize(file).toString().replace(File.separatorChar, '/');
        files.add(new SourceText(path, Files.readString(file)));
      }
    }
    List<Message> messages = compile(files, List.of(), List.of(), classes, 0);
    if (!messages.isEmpty()) {
      throw new IllegalStateException("What is given does not compile: " + messages);
    }
  }

  /** Compiles a snippet, and returns what is said of it, notes left out. */
  List<Message> compile(Snippet snippet) throws IOException {
    String code = snippet.code().replace("{ … }", "{ throw new UnsupportedOperationException(); }");
    Form form = Form.of(code);
    if (form == Form.MODULE) {
      return compile(
          List.of(new SourceText("module-info.java", code)),
          List.of("--module-path", modulePath()),
          List.of(),
          Files.createTempDirectory(page, "module"),
          snippet.line() - 1L);
    }
    String head = code.startsWith("package ") ? "" : "package " + PACKAGE + "; " + imports(snippet);
    String name = form == Form.TYPES ? "Types.java" : "Snippet.java";
    return compile(
        List.of(new SourceText(PACKAGE.replace('.', '/') + "/" + name, head + form.around(code))),
        List.of(),
        List.of(page, given),
        page,
        snippet.line() - 1L);
  }

  /** Returns the source that was generated for a snippet of the page. */
  String generated(String type) throws IOException {
    return Files.readString(page.resolve(PACKAGE.replace('.', '/')).resolve(type + ".java"));
  }

  private static String imports(Snippet snippet) {
    return IMPORTS + snippet.given() + " ";
  }

  private static List<Message> compile(
      List<JavaFileObject> sources,
      List<String> more,
      List<Path> libraries,
      Path classes,
      long linesBefore)
      throws IOException {
    var diagnostics = new DiagnosticCollector<JavaFileObject>();
    var compiler = ToolProvider.getSystemJavaCompiler();
    List<String> options = new ArrayList<>(more);
    options.addAll(List.of("--release", "17", "-Allmretry.weaving=aspectj"));
    // Other annotations than ours, those in the SDKs' class files, and what would clutter snippets.
    options.add("-Xlint:all,-auxiliaryclass,-classfile,-processing,-requires-automatic,-serial");
    options.addAll(List.of("-d", classes.toString(), "-s", classes.toString()));
    options.addAll(List.of("-classpath", classPath(libraries)));
    try (var files =
        compiler.getStandardFileManager(diagnostics, Locale.ENGLISH, StandardCharsets.UTF_8)) {
      var task = compiler.getTask(null, files, diagnostics, options, null, sources);
      task.setLocale(Locale.ENGLISH);
      task.setProcessors(List.of(new LlmRetryProcessor(), new ComposedAnnotationProcessor()));
      task.call();
    }
    return diagnostics.getDiagnostics().stream()
        .filter(diagnostic -> diagnostic.getKind() != Diagnostic.Kind.NOTE)
        .map(
            diagnostic ->
                new Message(
                    diagnostic.getKind(),
                    linesBefore + Math.max(1, diagnostic.getLineNumber()),
                    diagnostic.getMessage(Locale.ENGLISH)))
        .toList();
  }

  private static String classPath(List<Path> first) {
    return Stream.concat(
            first.stream().map(Path::toString), Stream.of(System.getProperty("java.class.path")))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static String modulePath() {
    return Stream.of(
            LlmRetry.class,
            RetryRuntime.class,
            AspectJRetries.class,
            JoinPoint.class,
            NullMarked.class)
        .map(SnippetCompiler::locationOf)
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static String locationOf(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
