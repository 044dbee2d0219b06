package dev.llmretry.providers.preamble;

import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;

/**
 * Recognises the responses of a stream of Spring AI that precede its content, such as the one that
 * names the role only. To be named as {@code preamble} of {@link dev.llmretry.LlmRetry @LlmRetry}.
 *
 * <p>Text, tool calls and media are content, as is the end of a generation. Spring AI has no common
 * place for reasoning: where it comes without text, it is held back with the preamble.
 */
public final class SpringAiPreamble implements Predicate<ChatResponse> {

  /** Called by generated code. */
  public SpringAiPreamble() {}

  @Override
  public boolean test(ChatResponse response) {
    List<Generation> results = response.getResults();
    return results.stream().allMatch(SpringAiPreamble::isPreamble);
  }

  private static boolean isPreamble(Generation generation) {
    AssistantMessage message = generation.getOutput();
    return isEmpty(message.getText())
        && !message.hasToolCalls()
        && message.getMedia().isEmpty()
        && isEmpty(generation.getMetadata().getFinishReason());
  }

  private static boolean isEmpty(@Nullable String text) {
    return text == null || text.isEmpty();
  }
}
