package dev.llmretry.providertests.langchain4j;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.LangChain4jException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.llmretry.FailureKind;
import dev.llmretry.Rejection;
import dev.llmretry.providers.check.LangChain4jCheck;
import dev.llmretry.providertests.RecordedAnswersTest;
import dev.llmretry.runtime.RetryRuntime;
import java.net.URI;

/** Chat completions, through langchain4j-open-ai. */
class OpenAiAnswersTest extends RecordedAnswersTest {

  OpenAiAnswersTest() {
    super("openai-chat");
  }

  /** A refusal is an exception, which has the kind that the check would give. */
  @Override
  protected Rejection check(URI url) {
    ChatModel model =
        OpenAiChatModel.builder()
            .baseUrl(url + "/v1")
            .apiKey("sk-test")
            .modelName("gpt-test")
            .maxRetries(0)
            .build();
    try {
      return new LangChain4jCheck().check(model.chat(UserMessage.from("What now?")));
    } catch (LangChain4jException e) {
      return Rejection.of(RetryRuntime.standard().classify(e).kind(), "an exception");
    }
  }

  /** Streams are passed to a handler, whose pieces of text need no check. */
  @Override
  protected Rejection checkStream(URI url) {
    return null;
  }

  /** LangChain4j does not know the finish reason {@code error}. */
  @Override
  protected FailureKind expected(String name, FailureKind right) {
    return name.equals("openrouter-error-in-answer") || name.endsWith("-in-stream") ? null : right;
  }
}
