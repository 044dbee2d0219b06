package dev.llmretry.providers.preamble;

import com.openai.models.responses.ResponseOutputItem;
import com.openai.models.responses.ResponseStreamEvent;
import java.util.function.Predicate;

/**
 * Recognises the events of openai-java's Responses API that precede the content: {@code
 * response.created}, {@code response.in_progress}, the announcements of items and parts, and the
 * end of reasoning of which nothing was sent. To be named as {@code preamble} of {@link
 * dev.llmretry.LlmRetry @LlmRetry}.
 *
 * <p>The SDK emits the failure of a response as an event, not as an exception; it counts as content
 * unless the client throws for it.
 */
public final class OpenAiResponsesPreamble implements Predicate<ResponseStreamEvent> {

  /** Called by generated code. */
  public OpenAiResponsesPreamble() {}

  @Override
  public boolean test(ResponseStreamEvent event) {
    return event.isCreated()
        || event.isInProgress()
        || event.isOutputItemAdded()
        || event.isContentPartAdded()
        || event
            .outputItemDone()
            .flatMap(done -> done._item().asKnown())
            .filter(ResponseOutputItem::isReasoning)
            .isPresent();
  }
}
