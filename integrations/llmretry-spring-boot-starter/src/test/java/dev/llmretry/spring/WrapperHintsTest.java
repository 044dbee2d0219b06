package dev.llmretry.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmretry.runtime.RetryRuntime;
import org.junit.jupiter.api.Test;
import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.InMemoryGeneratedFiles;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.javapoet.ClassName;

/** Native images contain the constructors of wrappers. */
class WrapperHintsTest {

  @Test
  void theWrapperOfABeanIsRegistered() throws ReflectiveOperationException {
    try (var context = new AnnotationConfigApplicationContext()) {
      context.registerBean("chatClient", ChatClient.class, () -> new FailingClient(0));
      context.registerBean("unmarked", Unmarked.class, () -> () -> "answer");
      context.refresh();
      var generation =
          new DefaultGenerationContext(
              new ClassNameGenerator(ClassName.get("acme", "Application")),
              new InMemoryGeneratedFiles());
      var contribution = new WrapperHints().processAheadOfTime(context.getBeanFactory());
      assertThat(contribution).isNotNull();
      contribution.applyTo(generation, null);
      assertThat(
              RuntimeHintsPredicates.reflection()
                  .onConstructorInvocation(
                      RetryingChatClient.class.getConstructor(
                          ChatClient.class, RetryRuntime.class)))
          .accepts(generation.getRuntimeHints());
      assertThat(RuntimeHintsPredicates.reflection().onType(RetryingUnmarked.class))
          .rejects(generation.getRuntimeHints());
    }
  }
}
