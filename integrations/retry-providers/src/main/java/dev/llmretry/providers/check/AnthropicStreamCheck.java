package dev.llmretry.providers.check;

import com.anthropic.core.JsonObject;
import com.anthropic.core.JsonString;
import com.anthropic.core.JsonValue;
import com.anthropic.models.messages.RawMessageStreamEvent;
import dev.llmretry.Rejection;
import dev.llmretry.ResultCheck;
import org.jspecify.annotations.Nullable;

/**
 * Rejects streams of anthropic-java that end before there is content, because of a refusal or of a
 * limit of tokens, or without a reason. To be named as {@code check} of {@link
 * dev.llmretry.LlmRetry @LlmRetry}, together with {@link
 * dev.llmretry.providers.preamble.AnthropicPreamble AnthropicPreamble} as {@code preamble}.
 *
 * <p>It reads {@code stop_reason} of the event {@code message_delta}, as described under <a
 * href="https://platform.claude.com/docs/en/build-with-claude/handling-stop-reasons">Handling stop
 * reasons</a>.
 */
public final class AnthropicStreamCheck implements ResultCheck<RawMessageStreamEvent> {

  private static final String TOOL_USE = "tool_use";

  /** Called by generated code. */
  public AnthropicStreamCheck() {}

  @Override
  public @Nullable Rejection check(RawMessageStreamEvent event) {
    String reason = stopReason(event);
    return reason == null ? null : FinishReasons.check(reason, !reason.equals(TOOL_USE));
  }

  private static @Nullable String stopReason(RawMessageStreamEvent event) {
    try {
      return event
          .messageDelta()
          .flatMap(delta -> delta._delta().asKnown())
          .flatMap(delta -> delta._stopReason().asKnown())
          .flatMap(reason -> reason._value().asString())
          .orElse(null);
    } catch (LinkageError e) { // the accessor has another name in older versions
      return member(member(event._json().orElse(null), "delta"), "stop_reason")
              instanceof JsonString reason
          ? reason.value()
          : null;
    }
  }

  private static @Nullable JsonValue member(@Nullable JsonValue json, String name) {
    return json instanceof JsonObject object ? object.values().get(name) : null;
  }
}
