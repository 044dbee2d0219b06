package dev.llmretry.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Client interfaces with types that few would write: they are wrapped without a word. */
class UnusualTypesTest {

  private static final String HEADER =
      """
      package acme;

      import dev.llmretry.*;
      import java.io.*;
      import java.util.*;
      import java.util.concurrent.*;
      import java.util.function.*;

      @LlmRetry
      public interface Client
      """
          .stripTrailing();

  /** The types that an instance of such a type refers to have no end. */
  @ParameterizedTest
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  @ValueSource(
      strings = {
        """
         {
          record Node<T>(T value, Node<List<T>> next, Node<Set<T>> other) {}
          String ask(Node<String> node);
          Node<String> node(String q);
          CompletableFuture<Node<?>> later(Node<?> node);
        }
        """,
        """
         {
          class Node<T> { public T value; public Node<Node<T>> next; public Node<List<T>> other; }
          String ask(Node<String> node);
          Node<String> node(String q);
        }
        """,
        """
         {
          interface Handler<T> { void handle(Handler<List<T>> next); }
          interface Visitor<R> { R visit(Visitor<Visitor<R>> one, Visitor<List<R>> other); }
          String ask(Handler<String> handler, Visitor<String> visitor);
          Visitor<String> visitor();
          Handler<String> handler();
        }
        """
      })
  void typesWithoutEnd(String body) {
    assertIsWrapped(body);
  }

  /** Those of methods whose first bound determines the erasure. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        " { <T extends Object & Comparable<? super T>> T max(Collection<? extends T> all); }",
        " { <T extends Object & Comparable<T> & Serializable> T max(List<T> all); }",
        " { <T extends Comparable<T> & Serializable> T max(List<T> all); }",
        " { <T extends Number & Comparable<T>> T max(List<T> all); }",
        "<K, C extends Object & Comparable<K>> { C max(List<C> all, K key); }",
        "<V> extends Base<V> { String ask(V v); }\n"
            + "interface Base<E> { <A extends E> A first(List<A> all); }",
        " { <A extends B, B extends C, C extends List<A>> Map<A, B> chain(C c); }",
      })
  void boundsOfTypeVariables(String body) {
    assertIsWrapped(body);
  }

  /** The Eclipse compiler gives such a type variable itself as its upper bound. */
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          LR050 | <T extends Object & Runnable> T later(String q);
          LR018 | <T extends Object & Readable> void read(T source);
          LR019 | <T extends Object & Appendable> String ask(String q, T sink);
          LR019 | <T extends Object & Comparable<T>> void each(String q, Consumer<T> action);
          LR019 | <A extends Object & Appendable, B extends A> String ask(String q, B sink);
          """,
      delimiter = '|')
  void boundsBesideObjectCount(String id, String method) {
    String source = HEADER + "{ " + method + " }";
    for (CompilerRun.Builder compiler : List.of(CompilerRun.javac(), CompilerRun.ecj())) {
      CompilerRun run = compiler.source(source).run();
      assertThat(run.ours()).extracting(CompilerMessage::id).contains(id);
    }
  }

  @Test
  void sealedTypesAndInterfacesAroundThem() {
    assertIsWrapped(
        """
         {
          sealed interface Shape permits Circle, Square {}
          record Circle(int radius) implements Shape {}
          record Square(int side) implements Shape {}
          Shape draw(Shape like);
          Map<Shape, ? extends Shape> all(Circle... circles);
        }
        """);
  }

  /**
   * A library was compiled with an annotation that may stand on types, of which another version is
   * on the class path. Compilers read such annotations of class files since JDK 22.
   */
  @Test
  void annotationsOfTypesThatMayNotStandThereAnyMore() {
    CompilerRun library =
        annotation("TYPE_USE")
            .source(
"""
package library;
import java.util.*;
import notes.Noted;
public interface Model {
  @Noted String ask(@Noted String q, List<@Noted String> all, @Noted int @Noted [] n);
  <T extends @Noted Number> Map<@Noted String, ? extends @Noted T> map(@Noted T... all);
}
""")
            .run()
            .requireSuccess();
    for (String targets : List.of("METHOD", "PARAMETER", "TYPE_PARAMETER", "FIELD")) {
      CompilerRun notes = annotation(targets).run().requireSuccess();
      CompilerRun.javac()
          .with(library)
          .with(notes)
          .source("package acme; @dev.llmretry.LlmRetry interface Client extends library.Model {}")
          .run()
          .requireSuccess();
    }
  }

  private static CompilerRun.Builder annotation(String target) {
    return CompilerRun.javac()
        .source(
            """
            package notes;
            import java.lang.annotation.*;
            @Target(ElementType.%s) public @interface Noted {}
            """
                .formatted(target));
  }

  private static void assertIsWrapped(String body) {
    String source = HEADER + body;
    CompilerRun.javac().source(source).options("-Xlint:all", "-Werror").run().requireClean();
    CompilerRun eclipse = CompilerRun.ecj().source(source).run().requireSuccess();
    assertThat(WrappedLibrary.complaints(eclipse)).isEqualTo(List.of());
  }
}
