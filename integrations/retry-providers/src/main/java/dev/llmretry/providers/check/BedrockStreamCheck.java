package dev.llmretry.providers.check;

import dev.llmretry.Rejection;
import dev.llmretry.ResultCheck;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.MessageStopEvent;

/**
 * Rejects streams of Bedrock's {@code ConverseStream} that end before there is content, because of
 * a guardrail or filter or of a limit of tokens, or without a reason. To be named as {@code check}
 * of {@link dev.llmretry.LlmRetry @LlmRetry}, together with {@link
 * dev.llmretry.providers.preamble.BedrockPreamble BedrockPreamble} as {@code preamble}.
 *
 * <p>It reads {@code stopReason} of the event {@code messageStop}, as described under <a
 * href="https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_MessageStopEvent.html">
 * MessageStopEvent</a>.
 */
public final class BedrockStreamCheck implements ResultCheck<ConverseStreamOutput> {

  private static final String TOOL_USE = "tool_use";

  /** Called by generated code. */
  public BedrockStreamCheck() {}

  @Override
  public @Nullable Rejection check(ConverseStreamOutput event) {
    if (!(event instanceof MessageStopEvent stop)) {
      return null;
    }
    String reason = stop.stopReasonAsString();
    return FinishReasons.check(reason, !TOOL_USE.equals(reason));
  }
}
