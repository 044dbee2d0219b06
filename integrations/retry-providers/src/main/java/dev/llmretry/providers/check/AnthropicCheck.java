package dev.llmretry.providers.check;

import com.anthropic.core.JsonValue;
import com.anthropic.models.messages.ContentBlock;
import com.anthropic.models.messages.Message;
import dev.llmretry.Rejection;
import dev.llmretry.ResultCheck;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rejects messages of anthropic-java that are refusals, are empty, or contain an error. To be named
 * as {@code check} of {@link dev.llmretry.LlmRetry @LlmRetry}.
 *
 * <p>It reads {@code stop_reason} and {@code content} as described under <a
 * href="https://platform.claude.com/docs/en/build-with-claude/handling-stop-reasons">Handling stop
 * reasons</a>, and {@code error} in the response, which gateways send with HTTP 200. Claude also
 * returns an empty message with {@code end_turn} if it takes its turn for complete, as after the
 * result of a tool; it then tends to do so again.
 */
public final class AnthropicCheck implements ResultCheck<Message> {

  /** Called by generated code. */
  public AnthropicCheck() {}

  @Override
  public @Nullable Rejection check(Message message) {
    JsonValue error = message._additionalProperties().get("error");
    if (error != null && !error.isNull()) {
      return EmbeddedError.reject(error.convert(Object.class));
    }
    String reason =
        message._stopReason().asKnown().flatMap(value -> value._value().asString()).orElse(null);
    return FinishReasons.check(
        reason,
        message._content().asKnown().orElse(List.of()).stream()
            .noneMatch(AnthropicCheck::isContent));
  }

  private static boolean isContent(ContentBlock block) {
    return block.isText()
        ? !Answers.isBlank(block.asText()._text().asKnown().orElse(null))
        : !block.isThinking() && !block.isRedactedThinking();
  }
}
