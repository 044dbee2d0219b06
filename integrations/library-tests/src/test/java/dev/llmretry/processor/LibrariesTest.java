package dev.llmretry.processor;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.tools.Diagnostic.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Wrappers of the public interfaces of many libraries. By default, one class in so many is looked
 * at. With {@code -Dlibraries.stride=1}, all are, which takes more than an hour; with a stride of
 * 10 and {@code -Dlibraries.offset=3}, it is every tenth from the fourth on.
 */
@Timeout(value = 4, unit = TimeUnit.HOURS)
class LibrariesTest {

  private static final int STRIDE = Integer.getInteger("libraries.stride", 160);
  private static final int OFFSET = Integer.getInteger("libraries.offset", 0);

  /** How many classes are compiled together. */
  private static final int BATCH = 400;

  /** What the report says of one library, or of all. */
  private static final class Counts {

    private int interfaces;
    private int incomplete;
    private int methods;
    private int interfacesWithCallbacks;
    private final Map<String, Integer> refusals = new TreeMap<>();

    private void add(Counts other) {
      interfaces += other.interfaces;
      incomplete += other.incomplete;
      methods += other.methods;
      interfacesWithCallbacks += other.interfacesWithCallbacks;
      other.refusals.forEach((id, count) -> refusals.merge(id, count, Integer::sum));
    }

    private int refused(String id) {
      return refusals.getOrDefault(id, 0);
    }

    @Override
    public String toString() {
      return "%d interfaces (%d not compiled without us), %d with LR019, %d methods, refused %s"
          .formatted(interfaces, incomplete, interfacesWithCallbacks, methods, refusals);
    }
  }

  private final Map<String, Counts> byLibrary = new TreeMap<>();
  private final List<String> problems = new ArrayList<>();
  private Map<String, String> jars = Map.of();

  @Test
  void fewInterfacesAreRefusedAndAllOthersAreCompiled() throws IOException {
    jars = LibraryClasses.withInterfaces();
    List<String> classes = List.copyOf(jars.keySet());
    List<String> some =
        IntStream.range(0, classes.size())
            .filter(index -> index % STRIDE == OFFSET)
            .mapToObj(classes::get)
            .toList();
    for (int from = 0; from < some.size(); from += BATCH) {
      wrap(some.subList(from, Math.min(from + BATCH, some.size())));
    }
    Counts all = new Counts();
    byLibrary.values().forEach(all::add);
    report(all);

    assertThat(problems).isEmpty();
    assertThat(byLibrary).hasSizeGreaterThan(STRIDE == 1 ? 90 : 40);
    assertThat(all.interfaces).isGreaterThan(10_000 / STRIDE);
    assertThat(all.refused("LR019")).isLessThan(all.methods / 10);
    assertThat(100.0 * all.interfacesWithCallbacks / all.interfaces)
        .isLessThan(STRIDE == 1 ? 10 : 15); // percent; a sample is not exact
  }

  private void wrap(List<String> classes) {
    List<SubInterface> read = SubInterfaces.of(classes, javac());
    List<SubInterface> complete = compiledWithoutUs(read);
    WrappedLibrary library;
    try {
      library = new WrappedLibrary(complete, LibrariesTest::javac);
    } catch (AssertionError e) {
      problems.add(e.getMessage());
      return;
    }
    CompilerRun run = library.compile(javac().options("-Xlint:all"), 1);
    WrappedLibrary.complaints(run).stream()
        .filter(message -> message.kind() != Kind.NOTE)
        .forEach(message -> problems.add(describe(message, complete)));
    if (!run.output().isEmpty()) {
      problems.add(run.output());
    }
    count(read, complete, library);
  }

  private static String describe(CompilerMessage message, List<SubInterface> all) {
    String header =
        all.stream()
            .filter(each -> message.file().endsWith(each.file()))
            .map(SubInterface::header)
            .collect(joining());
    String line = message.source().lines().skip(message.line() - 1).findFirst().orElse("");
    return message + "\n  of " + header + "\n  at " + line.strip();
  }

  /** Some refer to classes that are not there, or cannot be extended by anybody. */
  private static List<SubInterface> compiledWithoutUs(List<SubInterface> all) {
    List<SubInterface> left = new ArrayList<>(all);
    for (int round = 0; round < 10; round++) {
      CompilerRun.Builder javac =
          javac().withoutProcessors().options("-XDshould-stop.ifError=FLOW", "-implicit:none");
      for (SubInterface each : left) {
        javac.source(each.redeclaring());
        javac.source("inheriting/" + each.file(), inheriting(each));
      }
      Set<String> wrong =
          javac.run().ofKind(Kind.ERROR).stream()
              .map(CompilerMessage::file)
              .collect(Collectors.toSet());
      if (!left.removeIf(each -> wrong.contains(each.file()))) {
        if (!wrong.isEmpty()) {
          throw new AssertionError("Not about any interface: " + wrong);
        }
        return left;
      }
    }
    throw new AssertionError("Still not compiled: " + left);
  }

  private static String inheriting(SubInterface each) {
    return each.withoutRetryOf(Set.of())
        .replaceFirst("package " + SubInterface.PACKAGE, "package inheriting");
  }

  private void count(List<SubInterface> read, List<SubInterface> complete, WrappedLibrary library) {
    Map<String, Counts> byFile = new TreeMap<>();
    for (SubInterface each : read) {
      Counts counts = byLibrary.computeIfAbsent(libraryOf(each), unseen -> new Counts());
      counts.interfaces++;
      byFile.put(each.file(), counts);
    }
    read.stream()
        .filter(each -> !complete.contains(each))
        .forEach(each -> byFile.get(each.file()).incomplete++);
    complete.forEach(each -> byFile.get(each.file()).methods += each.methods().size());
    library.refusedTypes().stream()
        .filter(message -> !message.id().equals("LR031"))
        .forEach(message -> problems.add(describe(message, complete)));
    Set<String> counted = new HashSet<>();
    for (CompilerMessage message : library.refusals()) {
      Counts counts = byFile.get(message.file());
      if (counted.add(message.id() + message.file() + message.line())) {
        counts.refusals.merge(message.id(), 1, Integer::sum);
      }
      if (message.id().equals("LR019") && counted.add(message.file())) {
        counts.interfacesWithCallbacks++;
      }
    }
  }

  private String libraryOf(SubInterface each) {
    String header = each.header();
    String type = header.substring(header.lastIndexOf(" extends ") + 9).replaceAll("<.*", "");
    while (!jars.containsKey(type) && type.contains(".")) {
      type = type.substring(0, type.lastIndexOf('.'));
    }
    return jars.getOrDefault(type, "?");
  }

  private void report(Counts all) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add("all: " + all);
    byLibrary.forEach((library, counts) -> lines.add(library + ": " + counts));
    lines.add("");
    lines.addAll(problems);
    Files.write(Path.of("target", "library-interfaces.txt"), lines);
  }

  private static CompilerRun.Builder javac() {
    return CompilerRun.javac().classPath(LibraryClasses.classPath().toArray(new Path[0]));
  }
}
