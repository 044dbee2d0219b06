package dev.llmretry.providers.preamble;

import com.openai.core.JsonArray;
import com.openai.core.JsonObject;
import com.openai.core.JsonString;
import com.openai.core.JsonValue;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionChunk.Choice;
import com.openai.models.chat.completions.ChatCompletionChunk.Choice.Delta;
import dev.llmretry.providers.internal.Accessors;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Recognises the chunks of a chat completion of openai-java that precede its content: one that
 * names the role only, and Azure's with the results of its filters. To be named as {@code preamble}
 * of {@link dev.llmretry.LlmRetry @LlmRetry}.
 *
 * <p>Text, audio, a refusal and tool calls are content, as is the end of a choice; so are the
 * reasoning and the images that other servers send, if the version of the SDK retains them.
 */
public final class OpenAiPreamble implements Predicate<ChatCompletionChunk> {

  /** Called by generated code. */
  public OpenAiPreamble() {}

  @Override
  public boolean test(ChatCompletionChunk chunk) {
    return chunk._choices().asKnown().orElse(List.of()).stream()
        .allMatch(OpenAiPreamble::isPreamble);
  }

  private static boolean isPreamble(Choice choice) {
    return choice._finishReason().asKnown().isEmpty()
        && choice._delta().asKnown().filter(OpenAiPreamble::hasContent).isEmpty();
  }

  @SuppressWarnings("deprecation") // other servers still send function_call
  private static boolean hasContent(Delta delta) {
    return isText(delta.content())
        || isText(delta.refusal())
        || delta.toolCalls().filter(calls -> !calls.isEmpty()).isPresent()
        || delta.functionCall().isPresent()
        || Accessors.test(() -> delta._audio().asKnown().isPresent())
        || delta._additionalProperties().values().stream() // such as reasoning_content, images
            .anyMatch(OpenAiPreamble::hasContent);
  }

  private static boolean hasContent(JsonValue value) {
    return (value instanceof JsonString text && !text.value().isEmpty())
        || (value instanceof JsonArray list && !list.values().isEmpty())
        || (value instanceof JsonObject object && !object.values().isEmpty());
  }

  private static boolean isText(Optional<String> text) {
    return text.filter(each -> !each.isEmpty()).isPresent();
  }
}
