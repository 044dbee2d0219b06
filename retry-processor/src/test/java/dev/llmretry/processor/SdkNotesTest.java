package dev.llmretry.processor;

import static com.google.common.collect.MoreCollectors.onlyElement;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmretry.processor.model.Sdk;
import dev.llmretry.processor.read.SdkCatalogue;
import java.util.List;
import javax.tools.Diagnostic.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

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
  private static final String ANSWER = "com.anthropic.models.Message";

  private static List<Sdk> sdks() {
    return SdkCatalogue.all();
  }

  private static CompilerRun stub(String... classNames) {
    CompilerRun.Builder javac = CompilerRun.javac().withoutProcessors();
    for (String name : classNames) {
      int dot = name.lastIndexOf('.');
      javac.source(
          "package %s; public class %s%s {}"
              .formatted(
                  name.substring(0, dot),
                  name.substring(dot + 1),
                  name.endsWith("Exception") ? " extends RuntimeException" : ""));
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
  void theMissingArtifactIsNotedOnceInACompilationAndEachSdkThatRetriesToo() {
    CompilerRun run =
        clientBeside(stub(OPENAI, ANTHROPIC)).source(CLIENT.formatted("Translator")).run();

    assertThat(run.ids()).containsExactlyInAnyOrder("LR046", "LR047", "LR047");
    assertThat(missingArtifact(run)).contains("The exceptions of openai-java and anthropic-java");
  }

  @Test
  void severalSdksAreEnumerated() {
    String[] all = sdks().stream().map(Sdk::exception).toArray(String[]::new);

    assertThat(missingArtifact(clientBeside(stub(all)).run()))
        .contains("of openai-java, anthropic-java, ", "LangChain4j and Spring AI are");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "interface Chat { @LlmRetry Message ask(String question); }",
        "interface Chat { @LlmRetry List<? extends Message> ask(String question); }",
        "interface Chat { @LlmRetry void ask(Message[] question); }",
        "interface Chat { @LlmRetry <M extends Message> void ask(M question); }",
        "interface Chat { @LlmRetry void ask(String q) throws AnthropicServiceException; }",
        "interface Chat { @LlmRetry void ask(String q); Message last(); }",
        "interface Chat { @LlmRetry(retryOn = AnthropicServiceException.class) void ask(); }",
        "interface Chat extends Comparable<Message> { @LlmRetry void ask(String question); }",
        "class Chat { private Message last; @LlmRetry void ask() { } }",
        "class Chat { Chat(Message first) { } @LlmRetry void ask() { } }",
        "class Chat { @LlmRetry void ask(List<Message> messages) { } }",
        "record Chat(Message first) { @LlmRetry void ask() { } }",
      })
  void theExceptionsOfTheSdkInUseAreMeantAlone(String client) {
    CompilerRun run =
        CompilerRun.javac()
            .with(stub(OPENAI, ANTHROPIC, ANSWER))
            .options("-Allmretry.weaving=aspectj")
            .source(
                """
                package acme;

                import com.anthropic.errors.AnthropicServiceException;
                import com.anthropic.models.Message;
                import dev.llmretry.LlmRetry;
                import java.util.List;

                """
                    + client)
            .run()
            .requireSuccess();

    assertThat(missingArtifact(run)).contains("The exceptions of anthropic-java are");
  }

  private static String missingArtifact(CompilerRun run) {
    return run.ours().stream()
        .filter(message -> message.id().equals("LR046"))
        .map(CompilerMessage::text)
        .collect(onlyElement());
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
