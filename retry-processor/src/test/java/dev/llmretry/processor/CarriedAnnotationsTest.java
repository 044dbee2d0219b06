package dev.llmretry.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.annotation.Annotation;
import java.lang.reflect.Modifier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What frameworks find on a wrapper. The folder {@code carried} of the golden files has more. */
class CarriedAnnotationsTest {

  private static final String RUNTIME =
      "@java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME)";

  private static Class<?> wrapper;

  @BeforeAll
  static void compile() throws ClassNotFoundException {
    wrapper =
        CompilerRun.javac()
            .sources(
                "package jakarta.validation; " + RUNTIME + " public @interface Constraint {}",
                "package jakarta.validation; " + RUNTIME + " public @interface Valid {}",
                "package acme; @jakarta.validation.Constraint " + RUNTIME + " @interface Short {}",
                "package acme; " + RUNTIME + " @interface Timed { String value(); }",
                """
                package acme;

                import dev.llmretry.LlmRetry;
                import jakarta.validation.Valid;

                @Timed("all")
                public interface Chat {
                  @Timed("chat")
                  @Valid
                  @Short
                  @LlmRetry
                  Object complete(@Valid @Short String prompt);

                  @Timed("name")
                  String name();

                  @Timed("two\\u2028lines")
                  @LlmRetry
                  String lines();
                }
                """)
            .run()
            .requireSuccess()
            .classLoader()
            .loadClass("acme.RetryingChat");
  }

  private static Stream<String> annotations(Annotation... found) {
    return Stream.of(found).map(Annotation::toString);
  }

  @Test
  void methodsHaveThoseOfTheInterface() throws NoSuchMethodException {
    assertThat(annotations(wrapper.getMethod("complete", String.class).getAnnotations()))
        .containsExactly("@acme.Timed(\"chat\")");
    assertThat(annotations(wrapper.getMethod("name").getAnnotations()))
        .containsExactly("@acme.Timed(\"name\")");
  }

  /** JavaPoet breaks the line at a Unicode line separator, inside of the literal. */
  @Test
  void whatCannotBeWrittenIsLeftOut() throws NoSuchMethodException {
    assertThat(wrapper.getMethod("lines").getAnnotations()).isEmpty();
  }

  @Test
  void parametersHaveNone() throws NoSuchMethodException {
    assertThat(wrapper.getMethod("complete", String.class).getParameterAnnotations()[0]).isEmpty();
  }

  @Test
  void theClassHasNone() {
    assertThat(annotations(wrapper.getAnnotations())).isEmpty();
  }

  @Test
  void theClassCanHaveSubclasses() {
    assertThat(Modifier.isFinal(wrapper.getModifiers())).isFalse();
    assertThat(wrapper.getConstructors()).hasSize(2);
  }
}
