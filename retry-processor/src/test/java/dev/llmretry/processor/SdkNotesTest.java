package dev.llmretry.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmretry.processor.model.Sdk;
import dev.llmretry.processor.read.SdkCatalogue;
import java.util.List;
import javax.tools.Diagnostic.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is noted of SDKs on the class path. */
class SdkNotesTest {

  private static final String CLIENT =
      """
      package acme;

      import dev.llmretry.LlmRetry;

      interface %s {
        @LlmRetry
        String complete(String prompt);
      }
      """;

  private static final String OPENAI = "com.openai.errors.OpenAIServiceException";
  private static final String ANTHROPIC = "com.anthropic.errors.AnthropicServiceException";

  private static List<Sdk> sdks() {
    return SdkCatalogue.all();
  }

  private static CompilerRun stub(String... classNames) {
    CompilerRun.Builder javac = CompilerRun.javac().withoutProcessors();
    for (String name : classNames) {
      int dot = name.lastIndexOf('.');
      javac.source(
          "package %s; public class %s {}"
              .formatted(name.substring(0, dot), name.substring(dot + 1)));
    }
    return javac.run().requireClean();
  }

  private static CompilerRun.Builder clientBeside(CompilerRun stubs) {
    return CompilerRun.javac().with(stubs).source(CLIENT.formatted("Chat"));
  }

  @ParameterizedTest
  @MethodSource("sdks")
  void anSdkIsNoted(Sdk sdk) {
    CompilerRun run =
        clientBeside(stub(sdk.exception())).options("-Xlint:all", "-Werror").run().requireSuccess();

    assertThat(run.messages())
        .extracting(message -> message.kind() + " " + message.id())
        .containsExactly(Kind.NOTE + " LR046", Kind.NOTE + " LR047");
    assertThat(run.messages().get(0).text()).contains(sdk.name(), "dev.llmretry:retry-providers");
    assertThat(run.messages().get(1).text()).contains(sdk.name(), sdk.retries(), sdk.setting());
  }

  @Test
  void besideTheExtractorsOnlyItsRetriesAreNoted() {
    CompilerRun stubs = stub(OPENAI, "dev.llmretry.providers.OpenAiExtractor");

    assertThat(clientBeside(stubs).run().requireSuccess().ids()).containsExactly("LR047");
  }

  @Test
  void eachSdkIsNotedOnceInACompilation() {
    CompilerRun run =
        clientBeside(stub(OPENAI, ANTHROPIC)).source(CLIENT.formatted("Translator")).run();

    assertThat(run.ids()).containsExactlyInAnyOrder("LR046", "LR047", "LR046", "LR047");
  }

  @Test
  void soItIsWhereSomeAnnotationsAreComposed() {
    CompilerRun run =
        clientBeside(stub(OPENAI))
            .source("package acme; @dev.llmretry.LlmRetry @interface Resilient {}")
            .source(CLIENT.formatted("Translator").replace("@LlmRetry", "@Resilient"))
            .run();

    assertThat(run.ids()).containsExactlyInAnyOrder("LR046", "LR047");
  }

  @Test
  void notesCanBeSilenced() {
    clientBeside(stub(sdks().stream().map(Sdk::exception).toArray(String[]::new)))
        .options("-Allmretry.off=LR046,LR047")
        .run()
        .requireClean();
  }

  @Test
  void whereNothingIsRetriedNothingIsNoted() {
    CompilerRun.javac()
        .with(stub(OPENAI))
        .source(
            CLIENT
                .formatted("Chat")
                .replace("@LlmRetry", "")
                .replace("import dev.llmretry.LlmRetry;", ""))
        .run()
        .requireClean();
  }

  @Test
  void anSdkThatIsNotThereIsNotNoted() {
    CompilerRun.javac().source(CLIENT.formatted("Chat")).run().requireClean();
  }
}
