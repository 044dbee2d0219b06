package dev.llmretry.processor;

import dev.llmretry.conformance.ProviderError;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Classes with annotated methods of every shape, for {@link WovenMethodsTest}. */
final class WovenSources {

  private WovenSources() {}

  private static final String IMPORTS =
      """
      package acme;

      import dev.llmretry.*;
      import dev.llmretry.processor.Script;
      import dev.llmretry.runtime.*;
      import dev.llmretry.aspectj.*;
      import java.io.IOException;
      import java.util.*;
      import java.util.concurrent.*;
      import java.util.function.*;
      import java.util.stream.Stream;
      """;

  /** By {@code %2$s} they are retried by the loop that is woven in, or by the companion. */
  private static final String SHAPES =
      """
      public class %1$s %3$s {

        %2$s
        public String publicMethod() {
          return Script.attempt("ok");
        }

        %2$s
        protected String protectedMethod() {
          return Script.attempt("ok");
        }

        %2$s
        String packagePrivateMethod() {
          return Script.attempt("ok");
        }

        %2$s
        private String privateMethod() {
          return Script.attempt("ok");
        }

        %2$s
        public final String finalMethod() {
          return Script.attempt("ok");
        }

        %2$s
        static String staticMethod() {
          return Script.attempt("ok");
        }

        %2$s
        private static final String privateStaticMethod() {
          return Script.attempt("ok");
        }

        %2$s
        <T extends Comparable<T>> String genericMethod() {
          return Script.attempt("ok");
        }

        %2$s
        String lambdaInside() {
          return Stream.of("ok").map(each -> Script.attempt(each)).toList().get(0);
        }

        String calledInALambda() {
          Supplier<String> supplier = () -> privateMethod();
          return supplier.get();
        }

        String calledByReference() {
          Supplier<String> supplier = this::privateMethod;
          return supplier.get();
        }

        %2$s
        String declaring() throws IOException, TimeoutException {
          return Script.attempt("ok");
        }

        %2$s
        <X extends Exception> String declaringVariable() throws X {
          return Script.attempt("ok");
        }

        %2$s
        String callsAnotherOfItself() {
          return privateMethod();
        }

        %2$s
        String callsAStaticOne() {
          return staticMethod();
        }

        %2$s
        String callsAnotherClass() {
          return new %1$s().publicMethod();
        }

        %2$s
        String callsAndWraps() {
          try {
            return privateMethod();
          } catch (Exception e) {
            throw new RuntimeException(e);
          }
        }

        %2$s
        String callsItself(int depth) {
          return depth == 0 ? Script.attempt("ok") : callsItself(depth - 1);
        }

        %2$s
        void nothing() {
          Script.attempt("ok");
        }

        %2$s
        String[] array(String... values) {
          return Script.attempt(values, (Object) values);
        }

        %2$s
        <T> List<T> generic(T first, List<? extends T> more) {
          return Script.attempt(List.of(first), first, more);
        }

        %2$s
        CompletableFuture<String> future() {
          return Script.later("ok");
        }

        %2$s
        private static CompletableFuture<String> staticFuture() {
          return Script.later("ok");
        }

        %2$s
        CompletableFuture<String> futureCallsFuture() {
          return future();
        }

        %2$s
        CompletableFuture<String> futureCallsAndWraps() {
          return future().thenApply(each -> each);
        }

        %2$s
        String interruptible() throws InterruptedException {
          return Script.attempt("ok");
        }

        %2$s
        String interruptibleByException() throws Exception {
          return Script.attempt("ok");
        }

        %2$s
        <T extends CancellationToken> String variableToken(T token) {
          return Script.attempt("ok", token);
        }

        %2$s
        String subtypeOfToken(String first, dev.llmretry.conformance.ObservedToken token) {
          return Script.attempt("ok", first, token);
        }

        %2$s
        String nine(
            int a, long b, String c, double d, char e, boolean f, Object g, byte h, String i) {
          return Script.attempt("ok", a, b, c, d, e, f, g, h, i);
        }

        %2$s
        CompletableFuture<String> nineLater(
            int a, long b, String c, double d, char e, boolean f, Object g, byte h, String i) {
          return Script.later("ok", a, b, c, d, e, f, g, h, i);
        }

        %2$s
        String nineWithToken(
            int a, long b, String c, double d, char e, boolean f, Object g,
            CancellationToken token, String i) {
          return Script.attempt("ok", a, b, c, d, e, f, g, token, i);
        }

      %4$s
      }
      """;

  static final List<String> PRIMITIVES =
      List.of("boolean", "byte", "short", "char", "int", "long", "float", "double");

  private static final List<String> TYPES =
      List.of("int", "String", "long", "Object", "double", "String[]", "char");

  private static String shapes(String name, String annotation, String supertypes) {
    String primitives =
        PRIMITIVES.stream()
            .map(
                type ->
                    """
                      %1$s
                      %2$s %2$sMethod(%2$s value) {
                        return Script.attempt(value, value);
                      }
                    """
                        .formatted(annotation, type))
            .collect(Collectors.joining("\n"));
    String positions =
        IntStream.rangeClosed(1, 8)
            .mapToObj(
                position ->
                    """
                      %1$s
                      String token%2$d(%3$sCancellationToken token) {
                        return Script.attempt("ok", token);
                      }

                      %1$s
                      CompletableFuture<String> laterToken%2$d(%3$sCancellationToken token, int last) {
                        return Script.later("ok", token);
                      }
                    """
                        .formatted(annotation, position, before(position)))
            .collect(Collectors.joining("\n"));
    boolean isOwn = !supertypes.isEmpty();
    String own =
        isOwn ? "public RetryRuntime retryRuntime() { return AspectJRetries.runtime(); }\n" : "";
    return IMPORTS
        + SHAPES.formatted(name, annotation, supertypes, own + primitives + "\n" + positions);
  }

  private static String before(int position) {
    return IntStream.range(0, position - 1)
        .mapToObj(i -> TYPES.get(i) + " p" + i + ", ")
        .collect(Collectors.joining());
  }

  private static final List<String> CLASSES =
      List.of(
          """
          class Base<P> {
            @LlmRetry(max = 5)
            String ask(P prompt) {
              return Script.attempt("base");
            }

            @LlmRetry(max = 5, attemptTimeoutMs = 60_000)
            String timed(P prompt) {
              return Script.attempt("base");
            }

            @LlmRetry(max = 5)
            CompletableFuture<String> later(P prompt) {
              return Script.later("base");
            }

            @LlmRetry(max = 5)
            private String secret(P prompt) {
              return Script.attempt("base");
            }

            String callSecret(P prompt) {
              return secret(prompt);
            }

            @LlmRetry(max = 5)
            static String util(Object prompt) {
              return Script.attempt("base");
            }

            static Base<String> anonymous() {
              return new Base<>() {};
            }

            static Base<String> overriding() {
              return new Base<>() {
                @Override
                String ask(String prompt) {
                  return super.ask(prompt);
                }
              };
            }
          }
          """,
          """
          class Own extends Base<String> {
            @Override
            @LlmRetry(max = 1)
            String ask(String prompt) {
              return super.ask(prompt);
            }

            @Override
            @LlmRetry(max = 1)
            String timed(String prompt) {
              return super.timed(prompt);
            }

            @Override
            @LlmRetry(max = 1)
            CompletableFuture<String> later(String prompt) {
              return super.later(prompt);
            }

            @LlmRetry(max = 1)
            private String secret(Object prompt) {
              return "never called";
            }

            @LlmRetry(max = 1)
            static String util(Object prompt) {
              return Base.util(prompt);
            }
          }
          """,
          """
          class Plain extends Base<String> {
            @Override
            String ask(String prompt) {
              return super.ask(prompt);
            }

            @Override
            String timed(String prompt) {
              return super.timed(prompt);
            }

            @Override
            CompletableFuture<String> later(String prompt) {
              return super.later(prompt);
            }
          }
          """,
          "class Inheriting extends Base<String> {}",
          """
          class ThirdLevel extends Own {
            @Override
            @LlmRetry(max = 2)
            String ask(String prompt) {
              return super.ask(prompt);
            }

            @Override
            @LlmRetry(max = 2, attemptTimeoutMs = 60_000)
            String timed(String prompt) {
              return super.timed(prompt);
            }

            @Override
            @LlmRetry(max = 2)
            CompletableFuture<String> later(String prompt) {
              return super.later(prompt);
            }
          }
          """,
          """
          class ThirdPlain extends Own {
            @Override
            String ask(String prompt) {
              return super.ask(prompt);
            }

            @Override
            String timed(String prompt) {
              return super.timed(prompt);
            }

            @Override
            CompletableFuture<String> later(String prompt) {
              return super.later(prompt);
            }
          }
          """,
          """
          @LlmRetry(max = 1)
          class Whole implements AutoCloseable {
            String ask() {
              return Script.attempt("ok");
            }

            @LlmRetry(max = 2)
            String own() {
              return Script.attempt("ok");
            }

            @NoRetry
            String once() {
              return Script.attempt("ok");
            }

            private String hidden() {
              return Script.attempt("ok");
            }

            static String util() {
              return Script.attempt("ok");
            }

            @Override
            public String toString() {
              return Script.attempt("ok");
            }

            @Override
            public int hashCode() {
              return Script.attempt(1);
            }

            @Override
            public boolean equals(Object other) {
              return Script.attempt(true);
            }

            boolean equals(Object other, int precision) {
              return Script.attempt(true);
            }

            @Override
            public void close() {
              Script.attempt("ok");
            }

            void close(int status) {
              Script.attempt("ok");
            }

            String toString(String format) {
              return Script.attempt("ok");
            }

            Supplier<String> anonymous() {
              return new Supplier<>() {
                @Override
                public String get() {
                  return Script.attempt("ok");
                }
              };
            }

            static class Nested {
              String ask() {
                return Script.attempt("ok");
              }
            }

            static class NestedSubclass extends Whole {
              @Override
              String ask() {
                return Script.attempt("ok");
              }
            }
          }
          """,
          """
          class SubclassOfWhole extends Whole {
            @Override
            String ask() {
              return super.ask();
            }

            String added() {
              return Script.attempt("ok");
            }
          }
          """,
          """
          class ReplacingSubclassOfWhole extends Whole {
            @Override
            String ask() {
              return Script.attempt("ok");
            }
          }
          """,
          """
          @LlmRetry(max = 1, deadlineMs = 60_000)
          class TimedWhole {
            String ask(CancellationToken token) {
              return Script.attempt("ok", token);
            }
          }
          """,
          """
          @LlmRetry(max = 2, deadlineMs = 60_000)
          class TimedSubclassOfWhole extends Whole {
            @Override
            String ask() {
              return super.ask();
            }
          }
          """,
          """
          @LlmRetry(max = 1)
          class WholeWithRuntime implements RetryRuntimeProvider {
            String ask() {
              return Script.attempt("ok");
            }

            @Override
            public RetryRuntime retryRuntime() {
              return AspectJRetries.runtime();
            }
          }
          """,
          """
          @LlmRetry(max = 1)
          record WholeRecord(RetryRuntime retryRuntime, String name) implements RetryRuntimeProvider {
            String ask() {
              return Script.attempt("ok");
            }
          }
          """,
          """
          class WithoutRuntime implements RetryRuntimeProvider {
            @LlmRetry(max = 1)
            String ask() {
              return Script.attempt("ok");
            }

            @Override
            public RetryRuntime retryRuntime() {
              return null;
            }
          }
          """,
          """
          class SubclassWithRuntime extends Base<String> implements RetryRuntimeProvider {
            @Override
            public RetryRuntime retryRuntime() {
              throw new AssertionError("A subclass is not asked");
            }
          }
          """,
          """
          @LlmRetry
          @SuppressWarnings("LR022")
          interface WholeInterface {
            String ask();

            class Nested implements WholeInterface {
              @Override
              public String ask() {
                return Script.attempt("ok");
              }
            }

            default String preset() {
              return Script.attempt("ok");
            }
          }
          """,
          """
          class OfWholeInterface implements WholeInterface {
            @Override
            public String ask() {
              return Script.attempt("ok");
            }
          }
          """,
          """
          interface Chat {
            @LlmRetry
            String ask() throws IOException;

            @LlmRetry
            default String preset() {
              return Script.attempt("ok");
            }

            @LlmRetry
            CompletableFuture<String> later();
          }
          """,
          """
          class OfChat implements Chat {
            @Override
            public String ask() {
              return Script.attempt("ok");
            }

            @Override
            public CompletableFuture<String> later() {
              return Script.later("ok");
            }
          }
          """,
          """
          class RetryingItself implements Chat {
            @Override
            @LlmRetry
            public String ask() {
              return Script.attempt("ok");
            }

            @Override
            @LlmRetry
            public CompletableFuture<String> later() {
              return Script.later("ok");
            }
          }
          """,
          """
          class Behind {
            static Object of(Chat chat) {
              return new RetryingChat(chat, AspectJRetries.runtime());
            }
          }
          """,
          """
          class Composed {
            @lib.Resilient
            String ask() {
              return Script.attempt("ok");
            }

            @lib.Resilient
            private CompletableFuture<String> later() {
              return Script.later("ok");
            }

            @lib.Bounded
            String bounded(CancellationToken token) {
              return Script.attempt("ok", token);
            }

            @Here
            String here() {
              return Script.attempt("ok");
            }

            @LlmRetry(max = 1)
            @interface Here {}
          }
          """,
          """
          class ComposedTwice {
            @Twice
            String twice() {
              return Script.attempt("ok");
            }

            @lib.Resilient
            @interface Twice {}
          }
          """,
          """
          @lib.Resilient
          class ComposedWhole {
            String ask() {
              return Script.attempt("ok");
            }

            @lib.Bounded
            String bounded(CancellationToken token) {
              return Script.attempt("ok", token);
            }

            private String hidden() {
              return Script.attempt("ok");
            }
          }
          """,
          """
          @lib.Bounded
          class BoundedWhole {
            String bounded(CancellationToken token) {
              return Script.attempt("ok", token);
            }

            @lib.Resilient
            String ask() {
              return Script.attempt("ok");
            }
          }
          """,
          """
          record Question(String text, int number) {
            @LlmRetry(max = 1)
            String ask() {
              return Script.attempt("ok");
            }
          }
          """,
          """
          enum Model {
            SMALL,
            LARGE {
              @Override
              String plain() {
                return Script.attempt("ok");
              }
            };

            @LlmRetry(max = 1)
            String ask() {
              return Script.attempt("ok");
            }

            String plain() {
              return "ok";
            }
          }
          """,
          """
          @LlmRetry(max = 1)
          enum WholeModel {
            SMALL,
            LARGE {
              @Override
              String ask() {
                return super.ask();
              }
            };

            String ask() {
              return Script.attempt("ok");
            }
          }
          """,
          """
          class Attempted {
            @LlmRetry(max = 1)
            String plain(Attempt attempt) {
              return Script.attempt(attempt.number() + " " + (attempt.lastFailure() != null));
            }

            @LlmRetry(max = 1)
            <A extends Attempt> String bounded(A attempt) {
              return Script.attempt("" + attempt.number());
            }

            @LlmRetry(max = 1, attemptTimeoutMs = 60_000)
            String timed(String prompt, CancellationToken token, Attempt attempt) {
              return Script.attempt(attempt.number() + " " + (token == attempt.token()));
            }

            @LlmRetry(max = 1)
            String several(Attempt... attempts) {
              return Script.attempt("" + attempts.length);
            }
          }
          """,
          """
          class Outer$Odd {
            static class In$ner {
              @LlmRetry(max = 1)
              String ask() {
                return Script.attempt("ok");
              }
            }
          }
          """,
          """
          class Generic<T extends Comparable<T>> {
            static Object make() {
              return new Generic<String>().new Inner();
            }

            class Inner {
              @LlmRetry(max = 1)
              T ask() {
                return Script.attempt(null);
              }

              @LlmRetry(max = 1, attemptTimeoutMs = 60_000)
              String timed() {
                return Script.attempt("ok");
              }
            }
          }
          """,
          """
          @LlmRetry(max = 1)
          class Constructing {
            Constructing() {
              Script.attempt("ok");
            }

            static Constructing make() {
              return new Constructing();
            }

            void other() {}
          }
          """,
          """
          class Streaming {
            @LlmRetry(max = 1, stream = StreamRetry.UNTIL_FIRST_ELEMENT)
            Stream<String> untilFirst() {
              return Stream.of("ok").map(each -> Script.attempt(each));
            }

            @LlmRetry(max = 1)
            Stream<String> opening() {
              return Stream.of(Script.attempt("ok"));
            }

            @LlmRetry(max = 1)
            private static void consumer(@StreamCallback Consumer<String> each) {
              each.accept(Script.attempt("ok"));
            }

            @LlmRetry(max = 1)
            void replayed(@Replayable Consumer<String> each) {
              each.accept(Script.attempt("ok"));
            }

            @LlmRetry(max = 1)
            Flow.Publisher<String> publisher() {
              return new dev.llmretry.conformance.FuturePublisher(() -> Script.later("ok"));
            }
          }
          """,
          """
          class BrokenCompanion {
            @LlmRetry(stream = StreamRetry.UNTIL_FIRST_ELEMENT, preamble = Broken.class)
            Stream<String> stream() {
              return Stream.of("ok");
            }

            @LlmRetry
            String ask() {
              return Script.attempt("ok");
            }

            static class Broken implements Predicate<String> {
              Broken() {
                throw new IllegalStateException("broken");
              }

              @Override
              public boolean test(String element) {
                return false;
              }
            }
          }
          """,
          """
          class WithPrivateType {
            private static class Secret {
              @Override
              public String toString() {
                return "ok";
              }
            }

            Object call() {
              return secret(new Secret());
            }

            @LlmRetry(max = 1)
            private Secret secret(Secret given) {
              return Script.attempt(given, given);
            }
          }
          """,
          """
          class FirstFailure {
            @LlmRetry(max = 1)
            String ask() {
              return Script.attempt("ok");
            }
          }
          """);

  private static final Pattern NAME =
      Pattern.compile("(?m)^(?:class|record|enum|interface) ([\\w$]+)");

  private static String source(String type) {
    return IMPORTS + "\n" + type.replaceFirst("(?m)^(class|record|enum|interface) ", "public $1 ");
  }

  /** Returns what a library brings. */
  static CompilerRun library() {
    return CompilerRun.javac()
        .sources(
            "package lib; @dev.llmretry.LlmRetry(max = 1) public @interface Resilient {}",
            """
            package lib;

            @dev.llmretry.LlmRetry(max = 2, attemptTimeoutMs = 60_000)
            public @interface Bounded {}
            """)
        .run()
        .requireClean();
  }

  static CompilerRun compiled() {
    CompilerRun.Builder javac =
        CompilerRun.javac()
            .options("-Allmretry.weaving=aspectj")
            .with(library())
            .classPath(
                CompilerRun.annotations(),
                CompilerRun.runtime(),
                CompilerRun.aspectj(),
                CompilerRun.jspecify(),
                CompilerRun.locationOf(ProviderError.class),
                CompilerRun.locationOf(Script.class))
            .source(shapes("InLoop", "@LlmRetry", ""))
            .source(shapes("Timed", "@LlmRetry(attemptTimeoutMs = 60_000)", ""))
            .source(shapes("Owned", "@LlmRetry", "implements RetryRuntimeProvider"));
    for (String type : CLASSES) {
      javac.source(
          "acme/" + NAME.matcher(type).results().findFirst().orElseThrow().group(1) + ".java",
          source(type));
    }
    return javac.run().requireSuccess();
  }
}
