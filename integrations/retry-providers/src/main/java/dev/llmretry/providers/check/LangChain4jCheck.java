package dev.llmretry.providers.check;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.llmretry.Rejection;
import dev.llmretry.ResultCheck;
import dev.llmretry.providers.internal.Accessors;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rejects responses of LangChain4j that were filtered, or are empty. To be named as {@code check}
 * of {@link dev.llmretry.LlmRetry @LlmRetry}.
 *
 * <p>It reads {@code finishReason} and the message. LangChain4j maps the reasons of providers to a
 * few of its own; one that it does not know, such as Anthropic's {@code refusal}, is {@code OTHER},
 * with which an answer is rejected only if it is empty.
 */
public final class LangChain4jCheck implements ResultCheck<ChatResponse> {

  /** Called by generated code. */
  public LangChain4jCheck() {}

  @Override
  public @Nullable Rejection check(ChatResponse response) {
    FinishReason reason = response.finishReason();
    AiMessage message = response.aiMessage();
    boolean empty =
        Answers.isBlank(message.text())
            && !message.hasToolExecutionRequests()
            && isNullOrEmpty(Accessors.read(() -> message.images())); // not in older versions
    return FinishReasons.check(reason == null ? null : reason.name(), empty);
  }

  private static boolean isNullOrEmpty(@Nullable List<?> list) {
    return list == null || list.isEmpty();
  }
}
