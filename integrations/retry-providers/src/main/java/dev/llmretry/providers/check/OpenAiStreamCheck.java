package dev.llmretry.providers.check;

import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionChunk.Choice;
import com.openai.models.chat.completions.ChatCompletionChunk.Choice.Delta;
import dev.llmretry.Rejection;
import dev.llmretry.ResultCheck;
import dev.llmretry.providers.internal.Accessors;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rejects streams of chat completions of openai-java that begin with a refusal, end before there is
 * content, or contain an error before it. To be named as {@code check} of {@link
 * dev.llmretry.LlmRetry @LlmRetry}, together with {@link
 * dev.llmretry.providers.preamble.OpenAiPreamble OpenAiPreamble} as {@code preamble}.
 *
 * <p>It reads {@code finish_reason} and {@code delta.refusal} as described under <a
 * href="https://platform.openai.com/docs/api-reference/chat-streaming/streaming">The chat
 * completion chunk object</a>, and {@code error} like {@link OpenAiCheck}.
 */
@SuppressWarnings("deprecation") // what replaces the accessor is not in older versions
public final class OpenAiStreamCheck implements ResultCheck<ChatCompletionChunk> {

  /** Called by generated code. */
  public OpenAiStreamCheck() {}

  @Override
  public @Nullable Rejection check(ChatCompletionChunk chunk) {
    Rejection error = OpenAiCheck.rejectError(() -> chunk._additionalProperties());
    return error != null
        ? error
        : Answers.checkAll(chunk._choices().asKnown().orElse(List.of()), OpenAiStreamCheck::check);
  }

  private static @Nullable Rejection check(Choice choice) {
    Rejection error = OpenAiCheck.rejectError(() -> choice._additionalProperties());
    if (error != null) {
      return error;
    }
    Delta delta = choice._delta().asKnown().orElse(null);
    if (delta != null && !Answers.isBlank(delta._refusal().asKnown().orElse(null))) {
      return Answers.refusal();
    }
    String reason =
        choice
            ._finishReason()
            .asKnown()
            .flatMap(finishReason -> finishReason._value().asString())
            .orElse(null);
    return reason == null ? null : FinishReasons.check(reason, delta == null || isEmpty(delta));
  }

  private static boolean isEmpty(Delta delta) {
    return Answers.isBlank(delta._content().asKnown().orElse(null))
        && delta._toolCalls().asKnown().orElse(List.of()).isEmpty()
        && delta._functionCall().asKnown().isEmpty()
        && !Accessors.test(() -> delta._audio().asKnown().isPresent())
        && !OpenAiCheck.hasImages(() -> delta._additionalProperties());
  }
}
