package dev.llmretry.processor;

import dev.llmretry.conformance.ProviderError;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.aspectj.bridge.IMessage;
import org.aspectj.bridge.IMessageHandler;
import org.aspectj.bridge.MessageHandler;
import org.aspectj.lang.JoinPoint;
import org.aspectj.tools.ajc.Main;
import org.aspectj.weaver.loadtime.WeavingURLClassLoader;

/** Weaves compiled classes with the aspects of the runtime. Nothing is left on the disk. */
enum Weaver {
  /** As ajc does it between the compiler and the jar. */
  BUILD_TIME {
    @Override
    ClassLoader load(CompilerRun run) {
      return weave(run).classLoader();
    }
  },

  /** As the agent does it, with the {@code META-INF/aop.xml} of the runtime. */
  LOAD_TIME {
    @Override
    ClassLoader load(CompilerRun run) {
      return inDirectory(directory -> loadFrom(directory, run));
    }
  };

  private static final String WEAVE_ACME =
      """
      <aspectj>
        <weaver options="-XmessageHandlerClass:%s">
          <include within="acme..*"/>
        </weaver>
      </aspectj>
      """
          .formatted(Messages.class.getName());

  /** Returns a loader of the woven classes, those of earlier runs included. */
  abstract ClassLoader load(CompilerRun run);

  /** Has ajc weave the classes of a run; fails if it has anything to say. */
  static CompilerRun weave(CompilerRun run) {
    return inDirectory(directory -> weaveIn(directory, run));
  }

  private static CompilerRun weaveIn(Path directory, CompilerRun run) throws IOException {
    Path compiled = write(directory.resolve("compiled"), run.classFiles());
    Path earlier = write(directory.resolve("earlier"), run.earlierClassFiles());
    Path woven = Files.createDirectory(directory.resolve("woven"));
    String classPath =
        Stream.of(
                CompilerRun.annotations(),
                CompilerRun.runtime(),
                CompilerRun.aspectj(),
                CompilerRun.locationOf(JoinPoint.class),
                CompilerRun.locationOf(ProviderError.class),
                CompilerRun.locationOf(Weaver.class),
                earlier)
            .map(Path::toString)
            .reduce((left, right) -> left + File.pathSeparator + right)
            .orElseThrow();
    String[] arguments = {
      "-17",
      "-proc:none",
      "-inpath",
      compiled.toString(),
      "-aspectpath",
      CompilerRun.aspectj().toString(),
      "-classpath",
      classPath,
      "-d",
      woven.toString()
    };
    MessageHandler messages = new MessageHandler(true);
    new Main().run(arguments, messages);
    requireSilence(List.of(messages.getMessages(IMessage.WARNING, true)));
    return new CompilerRun(
        true,
        run.messages(),
        run.output(),
        run.generatedSources(),
        read(woven),
        run.earlierClassFiles());
  }

  /** All are loaded at once, so that the files are no longer needed. */
  private static ClassLoader loadFrom(Path directory, CompilerRun run)
      throws IOException, ClassNotFoundException {
    SortedMap<String, byte[]> classFiles = new TreeMap<>(run.earlierClassFiles());
    classFiles.putAll(run.classFiles());
    write(directory, classFiles);
    Path settings = Files.createDirectories(directory.resolve("META-INF")).resolve("aop.xml");
    Files.writeString(settings, WEAVE_ACME);
    Messages.SAID.clear();
    try (var loader = new WeavingURLClassLoader(urlOf(directory), Weaver.class.getClassLoader())) {
      for (String name : classFiles.keySet()) {
        loader.loadClass(name);
      }
      requireSilence(Messages.SAID);
      return loader;
    }
  }

  private static URL[] urlOf(Path directory) throws MalformedURLException {
    return new URL[] {directory.toUri().toURL()};
  }

  private static void requireSilence(List<IMessage> messages) {
    if (!messages.isEmpty()) {
      throw new AssertionError("The weaver says:\n" + messages);
    }
  }

  private interface Work<R> {
    R in(Path directory) throws Exception;
  }

  private static <R> R inDirectory(Work<R> work) {
    try {
      Path directory = Files.createTempDirectory("weaver");
      try {
        return work.in(directory);
      } finally {
        delete(directory);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** Writes class files into a new directory. */
  static Path write(Path directory, SortedMap<String, byte[]> classFiles) throws IOException {
    Files.createDirectories(directory);
    for (var classFile : classFiles.entrySet()) {
      Path file = directory.resolve(classFile.getKey().replace('.', '/') + ".class");
      Files.createDirectories(file.getParent());
      Files.write(file, classFile.getValue());
    }
    return directory;
  }

  private static SortedMap<String, byte[]> read(Path directory) throws IOException {
    SortedMap<String, byte[]> classFiles = new TreeMap<>();
    for (Path file : walk(directory)) {
      String path = directory.relativize(file).toString().replace(File.separatorChar, '.');
      if (path.endsWith(".class")) {
        String name = path.substring(0, path.length() - ".class".length());
        classFiles.put(name, Files.readAllBytes(file));
      }
    }
    return classFiles;
  }

  private static void delete(Path directory) throws IOException {
    List<Path> files = new ArrayList<>(walk(directory));
    files.sort(Comparator.reverseOrder());
    for (Path file : files) {
      Files.delete(file);
    }
  }

  private static List<Path> walk(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.toList();
    }
  }

  /** Hears what the weaver says at load time; made by it. */
  public static final class Messages implements IMessageHandler {

    private static final List<IMessage> SAID = new ArrayList<>();

    @Override
    public boolean handleMessage(IMessage message) {
      if (message.getKind().compareTo(IMessage.WARNING) >= 0) {
        SAID.add(message);
      }
      return true;
    }

    @Override
    public boolean isIgnoring(IMessage.Kind kind) {
      return kind.compareTo(IMessage.WARNING) < 0;
    }

    @Override
    public void dontIgnore(IMessage.Kind kind) {}

    @Override
    public void ignore(IMessage.Kind kind) {}
  }
}
