package dev.llmretry.providertests.springai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmretry.FailureKind;
import dev.llmretry.Rejection;
import dev.llmretry.providers.check.SpringAiCheck;
import dev.llmretry.providers.preamble.SpringAiPreamble;
import dev.llmretry.providertests.LoopbackProvider;
import dev.llmretry.providertests.Reply;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.metadata.ChatGenerationMetadata;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.ollama.api.OllamaApi;

/** Responses of Spring AI's model for Ollama, and those that models of other modules build. */
class CheckTest {

  private final SpringAiCheck check = new SpringAiCheck();

  private static FailureKind kind(Rejection rejection) {
    return rejection == null ? null : rejection.kind();
  }

  private static ChatResponse response(String text, String reason) {
    return new ChatResponse(
        List.of(
            new Generation(
                new AssistantMessage(text),
                ChatGenerationMetadata.builder().finishReason(reason).build())));
  }

  /** Models pass on the provider's finish reason, or the name of a constant. */
  @ParameterizedTest
  @CsvSource(
      nullValues = {"accepted", "none"},
      value = {
        "Hi, stop, accepted, accepted",
        "Hi, MAX_TOKENS, accepted, accepted",
        "Hi, none, accepted, accepted",
        "'', none, INVALID_OUTPUT, accepted",
        "'', '', INVALID_OUTPUT, accepted",
        "none, end_turn, INVALID_OUTPUT, INVALID_OUTPUT",
        "'', STOP, INVALID_OUTPUT, INVALID_OUTPUT",
        "'', LENGTH, CONTEXT_LENGTH, CONTEXT_LENGTH",
        "'', max_tokens, CONTEXT_LENGTH, CONTEXT_LENGTH",
        "'', CONTENT_FILTER, CONTENT_FILTERED, CONTENT_FILTERED",
        "Hi, refusal, CONTENT_FILTERED, CONTENT_FILTERED",
        "'', SAFETY, CONTENT_FILTERED, CONTENT_FILTERED",
        "Hi, guardrail_intervened, CONTENT_FILTERED, CONTENT_FILTERED",
        "'', MALFORMED_FUNCTION_CALL, INVALID_OUTPUT, INVALID_OUTPUT"
      })
  void aResponseIsAcceptedOrRejected(
      String text, String reason, FailureKind kind, FailureKind kindOfElement) {
    ChatResponse response = response(text, reason);
    assertThat(kind(check.check(response))).isEqualTo(kind);
    assertThat(kind(check.checkElement(response))).isEqualTo(kindOfElement);
  }

  /** That is what the model for OpenAI makes of an error with HTTP 200. */
  @Test
  void aResponseWithoutResultsIsAnElementOnly() {
    ChatResponse response = new ChatResponse(List.of());
    assertThat(kind(check.check(response))).isEqualTo(FailureKind.INVALID_OUTPUT);
    assertThat(check.checkElement(response)).isNull();
  }

  @Test
  void aRefusalIsInTheMetadataOfTheMessage() {
    AssistantMessage message = new AssistantMessage("");
    message.getMetadata().put("refusal", "");
    ChatResponse response = new ChatResponse(List.of(new Generation(message)));
    assertThat(kind(check.check(response))).isEqualTo(FailureKind.INVALID_OUTPUT);
    message.getMetadata().put("refusal", "I cannot help with that.");
    assertThat(kind(check.check(response))).isEqualTo(FailureKind.CONTENT_FILTERED);
    assertThat(kind(check.checkElement(response))).isEqualTo(FailureKind.CONTENT_FILTERED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "accepted",
      textBlock =
          """
          {~content~: ~Hi~}                                          | stop   | accepted
          {~content~: ~Hi~}                                          | length | accepted
          {~content~: ~~}                                            | stop   | INVALID_OUTPUT
          {~content~: ~~}                                            | length | CONTEXT_LENGTH
          """)
  void ollamasAnswersAreAcceptedOrRejected(String message, String reason, FailureKind kind) {
    String body =
        """
        {~model~: ~test~, ~created_at~: ~2030-01-01T00:00:00Z~, ~message~: {~role~: ~assistant~, %s,
         ~done_reason~: ~%s~, ~done~: true, ~prompt_eval_count~: 3, ~eval_count~: 1}
        """
            .replace("\n", "")
            .formatted(message.substring(1), reason)
            .replace('~', '"');
    Reply blocking = Reply.json(200, body);
    Reply streaming = Reply.text(200, "application/x-ndjson", body + "\n");
    try (LoopbackProvider provider = new LoopbackProvider(List.of(blocking, streaming))) {
      ChatModel model = Models.of(OllamaApi.builder().baseUrl(provider.url().toString()).build());
      assertThat(kind(check.check(model.call(new Prompt("What now?"))))).isEqualTo(kind);

      ChatResponse first = model.stream(new Prompt("What now?")).blockFirst();
      assertThat(kind(check.checkElement(first))).isEqualTo(kind);
      assertThat(new SpringAiPreamble().test(first)).isFalse();
    }
  }
}
