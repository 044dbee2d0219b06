package dev.llmretry.providers.check;

import dev.llmretry.Rejection;
import dev.llmretry.ResultCheck;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseOutput;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseResponse;

/**
 * Rejects responses of Bedrock's {@code Converse} that a guardrail or filter has stopped, that are
 * empty, or whose tool call is malformed. To be named as {@code check} of {@link
 * dev.llmretry.LlmRetry @LlmRetry}.
 *
 * <p>It reads {@code stopReason} and {@code output} as described under <a
 * href="https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html">
 * Converse</a>.
 */
public final class BedrockCheck implements ResultCheck<ConverseResponse> {

  /** Called by generated code. */
  public BedrockCheck() {}

  @Override
  public @Nullable Rejection check(ConverseResponse response) {
    return FinishReasons.check(response.stopReasonAsString(), isEmpty(response.output()));
  }

  private static boolean isEmpty(@Nullable ConverseOutput output) {
    List<ContentBlock> content =
        output == null || output.message() == null ? List.of() : output.message().content();
    return content.stream().allMatch(BedrockCheck::isEmpty);
  }

  private static boolean isEmpty(ContentBlock block) {
    return switch (block.type()) {
      case TEXT -> Answers.isBlank(block.text());
      case REASONING_CONTENT -> true;
      default -> false;
    };
  }
}
