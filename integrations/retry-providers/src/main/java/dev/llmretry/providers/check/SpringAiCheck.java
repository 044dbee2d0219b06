package dev.llmretry.providers.check;

import dev.llmretry.Rejection;
import dev.llmretry.ResultCheck;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;

/**
 * Rejects responses of Spring AI that are refusals, are empty, or whose finish reason stands for a
 * failure. To be named as {@code check} of {@link dev.llmretry.LlmRetry @LlmRetry}, for responses
 * as well as for the elements of a stream; for these together with {@link
 * dev.llmretry.providers.preamble.SpringAiPreamble SpringAiPreamble} as {@code preamble}.
 *
 * <p>It reads the finish reason of each generation, which is the provider's, its message, and the
 * {@code refusal} in the message's metadata, where the model for OpenAI puts it. An element of a
 * stream is accepted unless it ends the answer. Spring AI has no common place for reasoning: where
 * it comes as text, it counts as content.
 */
public final class SpringAiCheck implements ResultCheck<ChatResponse> {

  /** Called by generated code. */
  public SpringAiCheck() {}

  @Override
  public @Nullable Rejection check(ChatResponse response) {
    List<Generation> results = response.getResults();
    return results.isEmpty()
        ? FinishReasons.check(null, true)
        : Answers.checkAll(results, generation -> check(generation, true));
  }

  @Override
  public @Nullable Rejection checkElement(ChatResponse response) {
    List<Generation> results = response.getResults();
    return Answers.checkAll(results, generation -> check(generation, false));
  }

  private static @Nullable Rejection check(Generation generation, boolean complete) {
    AssistantMessage message = generation.getOutput();
    if (message.getMetadata().get("refusal") instanceof String refusal && !refusal.isBlank()) {
      return Answers.refusal();
    }
    String reason = generation.getMetadata().getFinishReason();
    return Answers.isBlank(reason) && !complete
        ? null
        : FinishReasons.check(reason, isEmpty(message));
  }

  private static boolean isEmpty(AssistantMessage message) {
    return Answers.isBlank(message.getText())
        && !message.hasToolCalls()
        && message.getMedia().isEmpty();
  }
}
