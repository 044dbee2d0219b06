package dev.llmretry.providertests.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.llmretry.FailureKind;
import dev.llmretry.Rejection;
import dev.llmretry.providers.check.LangChain4jCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Responses that models of all modules build. */
class CheckTest {

  private static FailureKind kind(AiMessage message, FinishReason reason) {
    ChatResponse response = ChatResponse.builder().aiMessage(message).finishReason(reason).build();
    Rejection rejection = new LangChain4jCheck().check(response);
    return rejection == null ? null : rejection.kind();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = {"accepted", "none"},
      value = {
        "Hi, STOP, accepted",
        "Hi, LENGTH, accepted",
        "Hi, OTHER, accepted",
        "Hi, none, accepted",
        "'', none, INVALID_OUTPUT",
        "' ', STOP, INVALID_OUTPUT",
        "'', OTHER, INVALID_OUTPUT",
        "'', TOOL_EXECUTION, INVALID_OUTPUT",
        "'', LENGTH, CONTEXT_LENGTH",
        "'', CONTENT_FILTER, CONTENT_FILTERED",
        "Hi, CONTENT_FILTER, CONTENT_FILTERED"
      })
  void aResponseIsAcceptedOrRejected(String text, FinishReason reason, FailureKind kind) {
    assertThat(kind(AiMessage.from(text), reason)).isEqualTo(kind);
  }

  @Test
  void aToolCallIsContent() {
    AiMessage message =
        AiMessage.from(ToolExecutionRequest.builder().id("1").name("f").arguments("{}").build());
    assertThat(kind(message, FinishReason.TOOL_EXECUTION)).isNull();
    assertThat(kind(message, FinishReason.LENGTH)).isNull();
  }

  @Test
  void thinkingIsNoContent() {
    AiMessage message = AiMessage.builder().text("").thinking("Hm").build();
    assertThat(kind(message, FinishReason.LENGTH)).isEqualTo(FailureKind.CONTEXT_LENGTH);
  }
}
