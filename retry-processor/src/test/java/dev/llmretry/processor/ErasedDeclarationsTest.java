package dev.llmretry.processor;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmretry.processor.WrapperProbe.Outcome;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import javax.tools.Diagnostic.Kind;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Interfaces that inherit a method twice: with raw parameters, and with their type arguments. One
 * method implements both, and the call of the delegate in it has to be one that returns and throws
 * no more.
 */
@Tag("costly")
class ErasedDeclarationsTest {

  private static final String TYPES =
      """
      package acme;

      public interface Types {
        interface Update<T> {}
        interface Query<T> {}
        interface Narrow<T> extends Query<T> {}
      }
      """;

  private static final String HEADER =
      """
      package acme;

      import acme.Types.*;
      import dev.llmretry.*;
      import java.io.*;

      @SuppressWarnings({"rawtypes", "unchecked", "LR048"})
      public\s\
      """;

  /** Of the declaration with type arguments. */
  private static final List<String> PARAMETERS =
      List.of(
          "Update<?> u", "Update<String> u", "<T> Update<T> u", "<T extends Number> Update<T> u");

  /** Of the raw declaration, and of the other one. Some are illegal, and left out. */
  private static final List<List<String>> RESULTS =
      List.of(
          List.of("Query", "Query"),
          List.of("Narrow", "Query"),
          List.of("Query", "Narrow"),
          List.of("Query", "Query<String>"),
          List.of("Narrow", "Query<T>"),
          List.of("Query", "Narrow<T>"),
          List.of("Query<String>", "Narrow<String>"),
          List.of("Object", "T"),
          List.of("void", "void"),
          List.of("int", "int"));

  private static final List<List<String>> EXCEPTIONS =
      List.of(
          List.of("", ""),
          List.of("throws IOException", ""),
          List.of("", "throws IOException"),
          List.of("throws Exception", "throws IOException"),
          List.of("throws IOException", "throws Exception"));

  /** With One and Other for the names, and the declarations, the raw one first. */
  private static final List<String> HIERARCHIES =
      List.of(
          """
          interface One { %1$s }
          interface Other { %2$s }
          """,
          """
          interface Base { %1$s }
          interface One extends Base { @Override %1$s }
          interface Other extends Base { @Override %2$s }
          """,
          """
          interface Base { %2$s }
          interface One extends Base { @Override %1$s }
          interface Other extends Base { @Override %2$s }
          """,
          """
          interface Base { %2$s }
          interface One extends Base { @Override %1$s }
          interface Other extends One {}
          """,
          """
          interface Base { %2$s }
          interface More { %1$s }
          interface One extends More, Base { @Override %1$s }
          interface Other extends One {}
          """);

  @Test
  void theirWrappersAreCompiledAndRetry() throws ReflectiveOperationException {
    CompilerRun run = wrap(sources(EXCEPTIONS), () -> CompilerRun.javac().options("-Xlint:all"));
    assertThat(run.generatedSources()).hasSizeGreaterThan(75);
    Outcome outcome = WrapperProbe.probe(run);
    assertThat(outcome.problems()).isEmpty();
    assertThat(outcome.retried()).isEqualTo(run.generatedSources().size());
  }

  /** Where a raw declaration overrides another one, it may demand what that one throws. */
  @Test
  void theEclipseCompilerCompilesThoseThatThrowTheSame() {
    CompilerRun run = wrap(sources(EXCEPTIONS.subList(0, 1)), CompilerRun::ecj);
    assertThat(run.generatedSources()).hasSizeGreaterThan(15);
  }

  private static CompilerRun wrap(
      Map<String, String> sources, Supplier<CompilerRun.Builder> compiler) {
    Set<String> illegal =
        with(sources, compiler.get()).withoutProcessors().run().ofKind(Kind.ERROR).stream()
            .map(message -> message.file().replaceAll(".*(Client)", "$1"))
            .collect(toSet());
    sources.keySet().removeIf(file -> illegal.stream().anyMatch(file::endsWith));

    CompilerRun run = with(sources, compiler.get()).run();
    assertThat(run.ofKind(Kind.ERROR)).isEmpty();
    assertThat(WrappedLibrary.complaints(run)).isEmpty();
    assertThat(run.generatedSources().keySet())
        .map(name -> name.replace("acme.Retrying", "") + ".java")
        .containsExactlyInAnyOrderElementsOf(
            sources.keySet().stream().filter(file -> file.startsWith("Client")).toList());
    return run;
  }

  /** No cast to a type that the generated class cannot access. */
  @Test
  void theDeclaringInterfacesNeedNotBeAccessible() {
    CompilerRun library =
        CompilerRun.javac()
            .sources(
                "package library; interface Raw { Number create(java.util.List u); }",
                "package library; interface Typed { Object create(java.util.List<?> u); }",
                "package library; public interface Both extends Raw, Typed {}")
            .run()
            .requireSuccess();
    CompilerRun.javac()
        .with(library)
        .source("package acme; @dev.llmretry.LlmRetry interface Client extends library.Both {}")
        .options("-Xlint:all")
        .run()
        .requireClean();
  }

  @Test
  void aMethodIsRefusedIfAllOfItsDeclarationsThrowMoreThanAnotherPermits() {
    String hierarchy =
        HIERARCHIES
            .get(0)
            .formatted(
                declaration("", "Query", "Update u", "throws IOException"),
                declaration("", "Query", "Update<?> u", "throws InterruptedException"));
    CompilerRun run = with(types("Client", "One$, Other$", hierarchy), CompilerRun.javac()).run();
    assertThat(run.ids()).containsExactly("LR031");
    assertThat(run.others()).isEmpty();
  }

  private static CompilerRun.Builder with(
      Map<String, String> sources, CompilerRun.Builder compiler) {
    compiler.source(TYPES);
    sources.forEach((file, source) -> compiler.source("acme/" + file, source));
    return compiler;
  }

  /** Each hierarchy, in both orders, is combined with a part of the rest. */
  private static Map<String, String> sources(List<List<String>> allExceptions) {
    Map<String, String> sources = new LinkedHashMap<>();
    int clients = 0;
    for (String parameter : PARAMETERS) {
      String variable = parameter.startsWith("<") ? parameter.replaceAll("> .*", "> ") : "";
      String typed = parameter.substring(variable.length());
      for (List<String> results : RESULTS) {
        for (List<String> exceptions : allExceptions) {
          int index = clients++;
          String hierarchy =
              HIERARCHIES
                  .get(index % HIERARCHIES.size())
                  .formatted(
                      declaration("", results.get(0), "Update u", exceptions.get(0)),
                      declaration(variable, results.get(1), typed, exceptions.get(1)));
          String order = index % 2 == 0 ? "One$, Other$" : "Other$, One$";
          String name = "Client" + index;
          sources.putAll(types(name, order, hierarchy));
        }
      }
    }
    return sources;
  }

  private static String declaration(
      String variable, String result, String parameter, String exceptions) {
    return "%s%s create(%s) %s;".formatted(variable, result, parameter, exceptions);
  }

  /** Returns the sources of the annotated interface and its superinterfaces, by their files. */
  private static Map<String, String> types(String name, String order, String hierarchy) {
    Map<String, String> sources = new LinkedHashMap<>();
    String extended = order.replace("$", name);
    String types = hierarchy.replaceAll("\\b(One|Other|Base|More)\\b", "$1" + name);
    String client = "@LlmRetry(max = 1, baseDelayMs = 0) interface %s extends %s {}\n";
    for (String type : (client.formatted(name, extended) + types).split("\n")) {
      String file = type.replaceAll(".*\\binterface (\\w+).*", "$1.java");
      sources.put(file, HEADER + type);
    }
    return sources;
  }
}
