package dev.llmretry.processor;

import dev.llmretry.aspectj.AspectJRetries;
import dev.llmretry.conformance.ProviderError;
import dev.llmretry.conformance.RetryCase;
import dev.llmretry.runtime.RetryRuntime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Woven classes, run through the table of cases. */
@ParameterizedClass
@EnumSource
class WovenBehaviourTest extends TableOfCases {

  /** Where a class comes from, and its runtime. */
  enum Kind {
    /** Every instance has a runtime, so that methods of the companion retry all calls. */
    WITH_A_RUNTIME_EACH("each", Weaver.BUILD_TIME),
    /** All have one runtime, so that calls are retried by the loop that is woven in if they can. */
    WITH_ONE_RUNTIME("one", Weaver.BUILD_TIME),
    WITH_ONE_RUNTIME_WOVEN_AS_THEY_ARE_LOADED("one", Weaver.LOAD_TIME);

    private final String packageName;
    private final Weaver weaver;

    Kind(String packageName, Weaver weaver) {
      this.packageName = packageName;
      this.weaver = weaver;
    }
  }

  private static final String CLIENT =
      """
      package acme.%1$s;

      import dev.llmretry.*;
      import dev.llmretry.runtime.CancellationToken;
      import dev.llmretry.runtime.RetryRuntime;
      import dev.llmretry.aspectj.RetryRuntimeProvider;
      import dev.llmretry.conformance.ElementObserver;
      import java.io.IOException;
      import java.util.Iterator;
      import java.util.concurrent.CompletableFuture;
      import java.util.concurrent.Flow;
      import java.util.function.BiFunction;
      import java.util.function.Consumer;
      import java.util.stream.Stream;

      @SuppressWarnings({"unchecked", "LR002", "LR005", "LR006"})
      public class Client%2$d %5$s {

        private final BiFunction<String, Object[], Object> attempt;
        private final RetryRuntime runtime;

        public Client%2$d(BiFunction<String, Object[], Object> attempt, RetryRuntime runtime) {
          this.attempt = attempt;
          this.runtime = runtime;
        }

        public RetryRuntime retryRuntime() {
          return runtime;
        }

        private <R> R attempt(String method, Object... arguments) {
          return (R) attempt.apply(method, arguments);
        }

        %7$s
        String call(CancellationToken token) throws IOException {
          return attempt("call", token);
        }

        %4$s
        Stream<String> stream(CancellationToken token) throws IOException {
          return attempt("stream", token);
        }

        %4$s
        Handle handle(CancellationToken token) throws IOException {
          return attempt("handle", token);
        }

        %6$s
        void consumer(CancellationToken token, @StreamCallback Consumer<String> consumer)
            throws IOException {
          attempt("consumer", token, consumer);
        }

        %3$s
        CompletableFuture<String> future(CancellationToken token) {
          return attempt("future", token);
        }

        %6$s
        CompletableFuture<Void> futureConsumer(
            CancellationToken token, @StreamCallback Consumer<String> consumer) {
          return attempt("futureConsumer", token, consumer);
        }

        %3$s
        Flow.Publisher<String> publisher(CancellationToken token) {
          return attempt("publisher", token);
        }

        %3$s
        void subscriber(CancellationToken token, @StreamCallback Flow.Subscriber<String> each) {
          attempt("subscriber", token, each);
        }

        %3$s
        void observer(CancellationToken token, @StreamCallback ElementObserver observer) {
          attempt("observer", token, observer);
        }

        public interface Handle extends AutoCloseable {
          Iterator<String> elements();

          @Override
          void close();
        }
      }
      """;

  private static final List<String> SETTINGS = allSettings();
  private static final Map<String, CompilerRun> COMPILED = new HashMap<>();
  private static ClassLoader loader;

  private final Kind kind;

  WovenBehaviourTest(Kind kind) {
    this.kind = kind;
  }

  @BeforeParameterizedClassInvocation
  static void weave(Kind kind) {
    loader =
        kind.weaver.load(COMPILED.computeIfAbsent(kind.packageName, WovenBehaviourTest::compile));
  }

  @AfterAll
  static void forget() {
    loader = null;
  }

  /** One class for all cases with the same settings; all are compiled at once. */
  private static CompilerRun compile(String packageName) {
    CompilerRun.Builder javac =
        CompilerRun.javac()
            .options("-Allmretry.weaving=aspectj")
            .classPath(
                CompilerRun.annotations(),
                CompilerRun.runtime(),
                CompilerRun.aspectj(),
                CompilerRun.jspecify(),
                CompilerRun.locationOf(ProviderError.class));
    String supertypes = packageName.equals("each") ? "implements RetryRuntimeProvider" : "";
    for (int i = 0; i < SETTINGS.size(); i++) {
      String settings = SETTINGS.get(i);
      String streams = untilFirstElement(settings);
      javac.source(
          CLIENT.formatted(
              packageName,
              i,
              settings,
              streams,
              supertypes,
              unchecked(settings),
              unhedged(settings)));
    }
    return javac.run().requireSuccess();
  }

  @AfterEach
  void useTheStandardRuntimeAgain() {
    AspectJRetries.use(RetryRuntime.standard());
  }

  @Override
  Class<?> client(RetryCase retryCase) {
    int number = SETTINGS.indexOf(retryCase.settings().annotation());
    try {
      return loader.loadClass("acme." + kind.packageName + ".Client" + number);
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  Object retrying(Class<?> client, Handler handler, RetryRuntime runtime) {
    if (kind != Kind.WITH_A_RUNTIME_EACH) {
      AspectJRetries.use(runtime);
    }
    BiFunction<String, Object[], Object> attempt =
        (method, arguments) -> Reflection.unchecked(() -> handler.call(method, arguments));
    try {
      return client
          .getConstructor(BiFunction.class, RetryRuntime.class)
          .newInstance(attempt, runtime);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }
}
