package dev.llmretry.processor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import javax.tools.Diagnostic.Kind;

/**
 * The interfaces of a library, as annotated ones extend them.
 *
 * <p>A method that the processor refuses to retry opts out, so that the rest can be retried.
 */
final class WrappedLibrary {

  private static final String PREVIEW = "compiler.err.is.preview";

  private final Map<String, SubInterface> interfaces = new LinkedHashMap<>();
  private final Map<SubInterface, Set<Integer>> refused = new LinkedHashMap<>();
  private final List<CompilerMessage> refusals = new ArrayList<>();
  private final List<CompilerMessage> refusedTypes = new ArrayList<>();

  /**
   * Asks the processor about all methods.
   *
   * @param javac prepares a run with the library
   */
  WrappedLibrary(List<SubInterface> all, Supplier<CompilerRun.Builder> javac) {
    all.forEach(each -> interfaces.put(each.file(), each));
    CompilerRun run = ask(javac.get());
    if (leaveOutPreviews(run)) {
      run = ask(javac.get());
    }
    for (CompilerMessage message : run.messages()) {
      SubInterface each = interfaces.get(message.file());
      int method = each == null ? -1 : each.methodAt(message.line());
      if (message.isOurs() && method >= 0) {
        refused.computeIfAbsent(each, unseen -> new TreeSet<>()).add(method);
        refusals.add(message);
      } else if (message.isOurs() && message.kind() == Kind.ERROR && each != null) {
        refusedTypes.add(message);
      } else if (message.kind() == Kind.ERROR) {
        throw new AssertionError("Not about an interface: " + message);
      }
    }
    refusedTypes.forEach(message -> interfaces.remove(message.file()));
    if (!run.output().isEmpty()) {
      throw new AssertionError(run.output());
    }
  }

  private CompilerRun ask(CompilerRun.Builder javac) {
    interfaces.values().forEach(each -> javac.source(each.redeclaring()));
    return javac.options("-proc:only").run();
  }

  /** What is a preview in this version of the JDK may not be used, by nobody. */
  private boolean leaveOutPreviews(CompilerRun run) {
    return interfaces
        .keySet()
        .removeAll(
            run.messages().stream()
                .filter(message -> message.code().startsWith(PREVIEW))
                .map(CompilerMessage::file)
                .toList());
  }

  /** Returns the interfaces. */
  List<SubInterface> interfaces() {
    return List.copyOf(interfaces.values());
  }

  /** Returns why methods cannot be retried. */
  List<CompilerMessage> refusals() {
    return refusals;
  }

  /** Returns why interfaces cannot be implemented at all. They are left out. */
  List<CompilerMessage> refusedTypes() {
    return refusedTypes;
  }

  /** Returns the number of methods that are refused. */
  int refusedMethods() {
    return refused.values().stream().mapToInt(Set::size).sum();
  }

  /** Returns what a compiler, or the processor, has to say about what was generated. */
  static List<CompilerMessage> complaints(CompilerRun run) {
    return run.messages().stream()
        .filter(message -> message.isOurs() || message.file().startsWith("Retrying"))
        .toList();
  }

  /** Compiles every {@code stride}th interface. */
  CompilerRun compile(CompilerRun.Builder compiler, int stride) {
    List<SubInterface> all = interfaces();
    for (int i = 0; i < all.size(); i += stride) {
      compiler.source(all.get(i).withoutRetryOf(refused.getOrDefault(all.get(i), Set.of())));
    }
    return compiler.run();
  }
}
