package dev.llmretry.processor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import javax.annotation.processing.Filer;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.Processor;
import javax.lang.model.element.Element;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What Gradle asks of <em>isolating</em> processors: when a file has changed it recompiles that
 * one, and drops and generates anew only what originates in it.
 */
@Tag("costly")
class IncrementalProcessingTest {

  private static final String CHAT =
      """
      package acme;
      @Resilient
      public interface Chat extends Base {
        String complete(String prompt);
        @dev.llmretry.LlmRetry interface Nested { void run(); }
      }
      """;

  private static final String BASE =
      """
      package acme;
      public interface Base {
        @dev.llmretry.LlmRetry(max = 5) String embed(String text);
      }
      """;

  private static final String RESILIENT =
      """
      package acme;
      @dev.llmretry.LlmRetry(max = 7) public @interface Resilient {}
      """;

  private static final String WOVEN =
      """
      package acme;
      public class Woven {
        @dev.llmretry.LlmRetry public String ask() { return ""; }
      }
      """;

  @Test
  void allProcessorsAreDeclaredIsolating() throws IOException {
    List<String> processors = resource("META-INF/services/javax.annotation.processing.Processor");

    assertThat(processors).hasSize(2);
    assertThat(resource("META-INF/gradle/incremental.annotation.processors"))
        .containsExactlyInAnyOrderElementsOf(
            processors.stream().map(name -> name + ",isolating").toList());
  }

  @Test
  void generatedFileOriginatesInOneElement() {
    Map<String, List<String>> origins = new TreeMap<>();
    CompilerRun.javac()
        .sources(CHAT, BASE, RESILIENT, WOVEN)
        .options("-Allmretry.weaving=aspectj")
        .withoutProcessors()
        .processorAfter(recording(new LlmRetryProcessor(), origins))
        .processorAfter(recording(new ComposedAnnotationProcessor(), origins))
        .run()
        .requireSuccess();

    assertThat(origins)
        .isEqualTo(
            Map.of(
                "acme.RetryingBase", List.of("acme.Base"),
                "acme.RetryingChat", List.of("acme.Chat"),
                "acme.RetryingChat_Nested", List.of("acme.Chat.Nested"),
                "acme.WovenWoven", List.of("acme.Woven")));
  }

  @Test
  void changedFileIsEnoughToGenerateFrom() {
    // Otherwise class files lose the names of parameters, and nothing else that we generate from.
    CompilerRun whole =
        CompilerRun.javac()
            .sources(CHAT, BASE, RESILIENT)
            .options("-parameters")
            .run()
            .requireSuccess();
    CompilerRun changed = CompilerRun.javac().source(CHAT).with(whole).run().requireSuccess();

    assertThat(changed.generatedSources())
        .containsOnlyKeys("acme.RetryingChat", "acme.RetryingChat_Nested")
        .allSatisfy((name, text) -> assertThat(text).isEqualTo(whole.generatedSource(name)));
  }

  /** Each of the two parameters would be a callback if the other one were none. */
  @Test
  void warningsDoNotDependOnWhatElseIsCompiled() {
    String listeners =
        """
        package acme;
        public interface Listener { String name(); void accept(Other other); }
        interface Other { String name(); void accept(Listener listener); }
        """;
    String first = "package acme; interface First { @dev.llmretry.LlmRetry void a(Listener l); }";
    String second = "package acme; interface Second { @dev.llmretry.LlmRetry void b(Other o); }";
    String both =
        "package acme; interface Both { @dev.llmretry.LlmRetry void a(Listener l);"
            + " @dev.llmretry.LlmRetry void b(Other o); }";

    for (String source : List.of(first, second, both)) {
      CompilerRun alone = CompilerRun.javac().sources(listeners, source).run().requireSuccess();
      assertThat(alone.ids()).as(source).isEmpty();
    }
    assertThat(CompilerRun.javac().sources(listeners, first, second).run().requireSuccess().ids())
        .isEmpty();
  }

  private static List<String> resource(String name) throws IOException {
    try (InputStream stream = LlmRetryProcessor.class.getResourceAsStream("/" + name)) {
      return new String(Objects.requireNonNull(stream).readAllBytes(), UTF_8).lines().toList();
    }
  }

  /** Has a processor note the elements that each of its files originates in. */
  private static Processor recording(Processor processor, Map<String, List<String>> origins) {
    return proxy(
        Processor.class,
        (self, method, arguments) -> {
          if (method.getName().equals("init")) {
            processor.init(recording((ProcessingEnvironment) arguments[0], origins));
            return null;
          }
          return method.invoke(processor, arguments);
        });
  }

  private static ProcessingEnvironment recording(
      ProcessingEnvironment environment, Map<String, List<String>> origins) {
    Filer filer = recording(environment.getFiler(), origins);
    return proxy(
        ProcessingEnvironment.class,
        (self, method, arguments) ->
            method.getName().equals("getFiler") ? filer : method.invoke(environment, arguments));
  }

  private static Filer recording(Filer filer, Map<String, List<String>> origins) {
    return proxy(
        Filer.class,
        (self, method, arguments) -> {
          List<String> elements = new ArrayList<>();
          for (Element element : (Element[]) arguments[arguments.length - 1]) {
            elements.add(element.toString());
          }
          origins.put(arguments[0].toString(), elements);
          return method.invoke(filer, arguments);
        });
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    InvocationHandler unwrapping =
        (self, method, arguments) -> {
          try {
            return handler.invoke(self, method, arguments);
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        };
    return type.cast(
        Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, unwrapping));
  }
}
