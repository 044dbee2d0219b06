package dev.llmretry.processor;

import dev.llmretry.LlmRetry;
import dev.llmretry.aspectj.AspectJRetries;
import dev.llmretry.runtime.RetryRuntime;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.annotation.processing.Processor;
import javax.tools.Diagnostic.Kind;
import javax.tools.DiagnosticListener;
import javax.tools.JavaCompiler;
import javax.tools.JavaCompiler.CompilationTask;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.eclipse.jdt.internal.compiler.tool.EclipseCompiler;
import org.jspecify.annotations.NullMarked;

/**
 * One run of a compiler with our processors, and all that came of it.
 *
 * <pre>{@code
 * CompilerRun run = CompilerRun.javac().source("interface Chat { … }").options("-Xlint:all").run();
 * }</pre>
 *
 * <p>On the class path are the annotations, the runtime, the aspects and JSpecify, and the classes
 * of earlier runs where asked for. Nothing is left on the disk.
 *
 * @param succeeded whether the compiler had no error
 * @param messages everything that the compiler and the processors said
 * @param output what the compiler printed besides; a stack trace, for one
 * @param generatedSources the sources that the processors wrote, by the qualified names of their
 *     classes
 * @param classFiles the class files, by the binary names of their classes
 * @param earlierClassFiles those of earlier runs that were on the class path
 */
record CompilerRun(
    boolean succeeded,
    List<CompilerMessage> messages,
    String output,
    SortedMap<String, String> generatedSources,
    SortedMap<String, byte[]> classFiles,
    SortedMap<String, byte[]> earlierClassFiles) {

  /** Prepares a run of javac. */
  static Builder javac() {
    return new Builder(ToolProvider::getSystemJavaCompiler)
        .options("-Xmaxerrs", "10000", "-Xmaxwarns", "10000");
  }

  /** Prepares a run of the Eclipse compiler. */
  static Builder ecj() {
    return new Builder(EclipseCompiler::new).options("-maxProblems", "10000");
  }

  /** Returns where the annotations are found: a directory or a jar. */
  static Path annotations() {
    return locationOf(LlmRetry.class);
  }

  /** Returns where the runtime is found: a directory or a jar. */
  static Path runtime() {
    return locationOf(RetryRuntime.class);
  }

  /** Returns where the aspects are found: a directory or a jar. */
  static Path aspectj() {
    return locationOf(AspectJRetries.class);
  }

  /** Returns where JSpecify is found. */
  static Path jspecify() {
    return locationOf(NullMarked.class);
  }

  /** Returns where a class is found. */
  static Path locationOf(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns the generated source of that qualified name. */
  String generatedSource(String qualifiedName) {
    return Objects.requireNonNull(
        generatedSources.get(qualifiedName),
        () -> qualifiedName + " was not generated, but " + generatedSources.keySet());
  }

  /** Returns the messages of our processors, by position. */
  List<CompilerMessage> ours() {
    return messages.stream()
        .filter(CompilerMessage::isOurs)
        .sorted(
            Comparator.comparing(CompilerMessage::file)
                .thenComparing(CompilerMessage::position)
                .thenComparing(CompilerMessage::id))
        .toList();
  }

  /** Returns the ids of our messages, by position. */
  List<String> ids() {
    return ours().stream().map(CompilerMessage::id).toList();
  }

  /** Returns the messages that are not ours. */
  List<CompilerMessage> others() {
    return messages.stream().filter(message -> !message.isOurs()).toList();
  }

  /** Returns the messages of that severity. */
  List<CompilerMessage> ofKind(Kind kind) {
    return messages.stream().filter(message -> message.kind() == kind).toList();
  }

  /** Returns this run, if it succeeded and nothing at all was said. */
  CompilerRun requireClean() {
    if (!succeeded || !messages.isEmpty() || !output.isEmpty()) {
      throw new AssertionError("Expected nothing to be said, but:\n" + this);
    }
    return this;
  }

  /** Returns this run, if it had no error. */
  CompilerRun requireSuccess() {
    if (!succeeded) {
      throw new AssertionError("Expected no error, but:\n" + this);
    }
    return this;
  }

  /** Returns a loader that defines the compiled classes, those of earlier runs included. */
  ClassLoader classLoader() {
    Map<String, byte[]> all = new TreeMap<>(earlierClassFiles);
    all.putAll(classFiles);
    return new ClassLoader(CompilerRun.class.getClassLoader()) {
      @Override
      protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte[] bytes = all.get(name);
        if (bytes == null) {
          throw new ClassNotFoundException(name);
        }
        return defineClass(name, bytes, 0, bytes.length);
      }
    };
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    messages.forEach(message -> text.append(message).append('\n'));
    return text.append(output).toString();
  }

  /** What to compile, and how. */
  static final class Builder {

    private static final Pattern PACKAGE = Pattern.compile("(?m)^\\s*package\\s+([\\w.]+)\\s*;");

    private static final Pattern TYPE =
        Pattern.compile(
            "(?m)(?:^|;)\\s*(?:@[\\w.]+(?:\\(.*\\))?\\s+)*(?:[a-z-]+\\s+)*"
                + "(?:class|interface|@interface|enum|record)\\s+(\\w+)");

    private final Supplier<JavaCompiler> compiler;
    private final Map<String, String> sources = new LinkedHashMap<>();
    private final List<String> options = new ArrayList<>();
    private final List<Processor> processors = new ArrayList<>();
    private final SortedMap<String, byte[]> earlierClassFiles = new TreeMap<>();
    private List<Path> classPath = List.of(annotations(), runtime(), aspectj(), jspecify());

    private Builder(Supplier<JavaCompiler> compiler) {
      this.compiler = compiler;
      options("--release", "17");
      processors.add(new LlmRetryProcessor());
      processors.add(new ComposedAnnotationProcessor());
    }

    /** Adds a source file, named after the package and the first type that it declares. */
    Builder source(String text) {
      return source(pathOf(text), text);
    }

    /** Adds source files, each named after the package and the first type that it declares. */
    Builder sources(String... texts) {
      Arrays.stream(texts).forEach(this::source);
      return this;
    }

    /**
     * Adds a source file.
     *
     * @param path such as {@code acme/Chat.java}
     */
    Builder source(String path, String text) {
      if (sources.put(path, text) != null) {
        throw new IllegalArgumentException("Two sources are " + path);
      }
      return this;
    }

    private static String pathOf(String text) {
      Matcher packageName = PACKAGE.matcher(text);
      String directory = packageName.find() ? packageName.group(1).replace('.', '/') + "/" : "";
      Matcher type = TYPE.matcher(text);
      if (type.find()) {
        return directory + type.group(1) + ".java";
      }
      return directory + (text.contains("module ") ? "module-info.java" : "package-info.java");
    }

    /** Adds options of the compiler, such as {@code -Xlint:all} and {@code -Allmretry.off=…}. */
    Builder options(String... more) {
      options.addAll(List.of(more));
      return this;
    }

    /** Adds a processor that runs before ours. */
    Builder processorBefore(Processor processor) {
      processors.add(0, processor);
      return this;
    }

    /** Adds a processor that runs after ours. */
    Builder processorAfter(Processor processor) {
      processors.add(processor);
      return this;
    }

    /** Removes all processors, ours included. */
    Builder withoutProcessors() {
      processors.clear();
      return this;
    }

    /** Sets the class path, instead of the usual one. */
    Builder classPath(Path... paths) {
      classPath = List.of(paths);
      return this;
    }

    /** Adds the classes of an earlier run to the class path. */
    Builder with(CompilerRun earlier) {
      earlierClassFiles.putAll(earlier.earlierClassFiles());
      earlierClassFiles.putAll(earlier.classFiles());
      return this;
    }

    /** Compiles. */
    CompilerRun run() {
      try {
        Path directory = Files.createTempDirectory("compiler-run");
        try {
          return run(directory);
        } finally {
          delete(directory);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private CompilerRun run(Path directory) throws IOException {
      List<Path> sourceFiles = new ArrayList<>();
      for (Map.Entry<String, String> source : sources.entrySet()) {
        Path file = directory.resolve("source").resolve(source.getKey());
        Files.createDirectories(file.getParent());
        sourceFiles.add(Files.writeString(file, source.getValue()));
      }
      Path earlier = Files.createDirectory(directory.resolve("earlier"));
      for (Map.Entry<String, byte[]> classFile : earlierClassFiles.entrySet()) {
        Path file = earlier.resolve(classFile.getKey().replace('.', '/') + ".class");
        Files.createDirectories(file.getParent());
        Files.write(file, classFile.getValue());
      }
      Path generated = Files.createDirectory(directory.resolve("generated"));
      Path classes = Files.createDirectory(directory.resolve("classes"));
      List<Path> libraries = new ArrayList<>(classPath);
      libraries.add(earlier);
      List<String> allOptions = new ArrayList<>(options);
      allOptions.addAll(List.of("-d", classes.toString(), "-s", generated.toString()));
      allOptions.addAll(
          List.of(
              "-classpath",
              String.join(File.pathSeparator, libraries.stream().map(Path::toString).toList())));

      JavaCompiler tool = compiler.get();
      boolean isEclipse = tool instanceof EclipseCompiler;
      List<CompilerMessage> messages = new ArrayList<>();
      DiagnosticListener<JavaFileObject> listener =
          diagnostic -> messages.add(CompilerMessage.of(diagnostic, isEclipse));
      StringWriter output = new StringWriter();
      boolean succeeded;
      try (StandardJavaFileManager files =
          tool.getStandardFileManager(listener, Locale.ENGLISH, StandardCharsets.UTF_8)) {
        CompilationTask task =
            tool.getTask(
                output,
                files,
                listener,
                allOptions,
                null,
                files.getJavaFileObjectsFromPaths(sourceFiles));
        task.setLocale(Locale.ENGLISH);
        task.setProcessors(processors);
        succeeded = task.call();
      }
      SortedMap<String, String> generatedSources = new TreeMap<>();
      for (Map.Entry<String, byte[]> file : read(generated, ".java").entrySet()) {
        generatedSources.put(file.getKey(), new String(file.getValue(), StandardCharsets.UTF_8));
      }
      return new CompilerRun(
          succeeded,
          List.copyOf(messages),
          output.toString(),
          generatedSources,
          read(classes, ".class"),
          new TreeMap<>(earlierClassFiles));
    }

    private static SortedMap<String, byte[]> read(Path root, String extension) throws IOException {
      SortedMap<String, byte[]> contents = new TreeMap<>();
      for (Path file : walk(root)) {
        String path = root.relativize(file).toString().replace(File.separatorChar, '/');
        if (path.endsWith(extension)) {
          String name = path.substring(0, path.length() - extension.length()).replace('/', '.');
          contents.put(name, Files.readAllBytes(file));
        }
      }
      return contents;
    }

    private static void delete(Path root) throws IOException {
      List<Path> files = walk(root);
      for (int i = files.size() - 1; i >= 0; i--) {
        Files.delete(files.get(i));
      }
    }

    private static List<Path> walk(Path root) throws IOException {
      try (Stream<Path> files = Files.walk(root)) {
        return files.toList();
      }
    }
  }
}
