package dev.llmretry.providertests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmretry.providertests.client.ChatClient;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.classification.FailureExtractor;
import java.lang.reflect.Constructor;
import java.util.ServiceLoader;

/** Tries the first rows of a {@link ProviderTest} in a JVM in which the client is a module. */
final class ModularMain {

  private ModularMain() {}

  public static void main(String[] args) throws ReflectiveOperationException {
    assertThat(ChatClient.class.getModule().getName())
        .isEqualTo("dev.llmretry.providertests.client");
    assertThat(RetryRuntime.class.getModule().getName()).isEqualTo("dev.llmretry.runtime");
    ClassLoader loader = RetryRuntime.class.getClassLoader();
    assertThat(ServiceLoader.load(FailureExtractor.class, loader))
        .isNotEmpty()
        .allSatisfy(
            extractor ->
                assertThat(extractor.getClass().getModule().getName())
                    .isEqualTo("dev.llmretry.providers"));

    Constructor<? extends ProviderTest> constructor =
        Class.forName(args[0]).asSubclass(ProviderTest.class).getDeclaredConstructor();
    constructor.setAccessible(true); // as JUnit does it
    ProviderTest test = constructor.newInstance();
    Row row = test.rows().findFirst().orElseThrow();
    test.ways().forEach(way -> test.tryOut(way, row));
  }
}
