package dev.llmretry.providers.preamble;

import java.util.function.Predicate;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;

/**
 * Recognises the events of Bedrock's {@code ConverseStream} that precede the content: {@code
 * messageStart}, start and stop of a block, and those that the SDK does not know. To be named as
 * {@code preamble} of {@link dev.llmretry.LlmRetry @LlmRetry}.
 */
public final class BedrockPreamble implements Predicate<ConverseStreamOutput> {

  /** Called by generated code. */
  public BedrockPreamble() {}

  @Override
  public boolean test(ConverseStreamOutput event) {
    return switch (event.sdkEventType()) {
      case MESSAGE_START, CONTENT_BLOCK_START, CONTENT_BLOCK_STOP, UNKNOWN_TO_SDK_VERSION -> true;
      default -> false;
    };
  }
}
