package dev.llmretry.providers.preamble;

import com.anthropic.models.messages.RawContentBlockStartEvent.ContentBlock;
import com.anthropic.models.messages.RawMessageStreamEvent;
import java.util.function.Predicate;

/**
 * Recognises the events of anthropic-java that precede the content of a message: {@code
 * message_start}, {@code ping}, and the start of a block of text, thinking or tool use. To be named
 * as {@code preamble} of {@link dev.llmretry.LlmRetry @LlmRetry}.
 *
 * <p>The end of a message counts as preamble too, which matters only if there is no content: the
 * end of the stream then emits what was held back.
 */
public final class AnthropicPreamble implements Predicate<RawMessageStreamEvent> {

  /** Called by generated code. */
  public AnthropicPreamble() {}

  @Override
  public boolean test(RawMessageStreamEvent event) {
    return event.isContentBlockStart()
        ? isEmpty(event.asContentBlockStart().contentBlock())
        : !event.isContentBlockDelta();
  }

  private static boolean isEmpty(ContentBlock block) {
    return block.isText()
        ? block.asText().text().isEmpty()
        : block.isThinking() || block.isToolUse();
  }
}
