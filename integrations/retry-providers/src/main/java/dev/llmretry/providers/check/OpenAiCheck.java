package dev.llmretry.providers.check;

import com.openai.core.JsonArray;
import com.openai.core.JsonField;
import com.openai.core.JsonValue;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletion.Choice;
import com.openai.models.chat.completions.ChatCompletionMessage;
import dev.llmretry.Rejection;
import dev.llmretry.ResultCheck;
import dev.llmretry.providers.internal.Accessors;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Rejects chat completions that are refusals, are empty, or contain an error: those of OpenAI and
 * of compatible servers, read with openai-java. To be named as {@code check} of {@link
 * dev.llmretry.LlmRetry @LlmRetry}.
 *
 * <p>It reads {@code finish_reason}, {@code message.refusal}, and the content of the message as
 * described under <a href="https://platform.openai.com/docs/api-reference/chat/object">The chat
 * completion object</a>; and {@code error}, in the response or in a choice, as described under <a
 * href="https://openrouter.ai/docs/api/reference/errors-and-debugging">Errors of OpenRouter</a>.
 */
@SuppressWarnings("deprecation") // what replaces the accessor is not in older versions
public final class OpenAiCheck implements ResultCheck<ChatCompletion> {

  /** Called by generated code. */
  public OpenAiCheck() {}

  @Override
  public @Nullable Rejection check(ChatCompletion completion) {
    Rejection error = rejectError(() -> completion._additionalProperties());
    if (error != null) {
      return error;
    }
    List<Choice> choices = completion._choices().asKnown().orElse(List.of());
    return choices.isEmpty()
        ? FinishReasons.check(null, true)
        : Answers.checkAll(choices, OpenAiCheck::check);
  }

  private static @Nullable Rejection check(Choice choice) {
    Rejection error = rejectError(() -> choice._additionalProperties());
    if (error != null) {
      return error;
    }
    ChatCompletionMessage message = choice._message().asKnown().orElse(null);
    if (message != null && !Answers.isBlank(message._refusal().asKnown().orElse(null))) {
      return Answers.refusal();
    }
    String reason =
        choice
            ._finishReason()
            .asKnown()
            .flatMap(finishReason -> finishReason._value().asString())
            .orElse(null);
    return FinishReasons.check(reason, message == null || isEmpty(message));
  }

  private static boolean isEmpty(ChatCompletionMessage message) {
    return isEmpty(message._content())
        && message._toolCalls().asKnown().orElse(List.of()).isEmpty()
        && message._functionCall().asKnown().isEmpty()
        && message._audio().asKnown().isEmpty()
        && !hasImages(() -> message._additionalProperties());
  }

  /** Some servers send a list of parts in place of the text. */
  private static boolean isEmpty(JsonField<String> content) {
    JsonValue other = content.asUnknown().orElse(null);
    return other == null ? Answers.isBlank(content.asKnown().orElse(null)) : isAbsent(other);
  }

  /** Whether there are images, which OpenRouter sends beside the text. */
  static boolean hasImages(Supplier<Map<String, JsonValue>> properties) {
    return Accessors.read(() -> properties.get().get("images")) instanceof JsonArray images
        && !images.values().isEmpty();
  }

  /** Returns the rejection for the member {@code error}, or null if there is none. */
  static @Nullable Rejection rejectError(Supplier<Map<String, JsonValue>> properties) {
    JsonValue error = Accessors.read(() -> properties.get().get("error"));
    return error == null || isAbsent(error)
        ? null
        : EmbeddedError.reject(error.convert(Object.class));
  }

  private static boolean isAbsent(JsonValue value) {
    return value.isNull() || value.isMissing();
  }
}
