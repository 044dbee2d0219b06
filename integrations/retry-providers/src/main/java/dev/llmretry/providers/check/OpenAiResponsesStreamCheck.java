package dev.llmretry.providers.check;

import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseErrorEvent;
import com.openai.models.responses.ResponseStreamEvent;
import dev.llmretry.Rejection;
import dev.llmretry.ResultCheck;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Rejects streams of openai-java's Responses API that fail or end before there is content, or begin
 * with a refusal. To be named as {@code check} of {@link dev.llmretry.LlmRetry @LlmRetry}, together
 * with {@link dev.llmretry.providers.preamble.OpenAiResponsesPreamble OpenAiResponsesPreamble} as
 * {@code preamble}.
 *
 * <p>It reads the events {@code error}, {@code response.failed}, {@code response.incomplete},
 * {@code response.completed} and {@code response.refusal.delta}, as described under <a
 * href="https://platform.openai.com/docs/api-reference/responses-streaming">Streaming events</a>,
 * and their responses like {@link OpenAiResponsesCheck}.
 */
public final class OpenAiResponsesStreamCheck implements ResultCheck<ResponseStreamEvent> {

  private final OpenAiResponsesCheck responses = new OpenAiResponsesCheck();

  /** Called by generated code. */
  public OpenAiResponsesStreamCheck() {}

  @Override
  public @Nullable Rejection check(ResponseStreamEvent event) {
    if (event.isRefusalDelta()) {
      return Answers.refusal();
    }
    if (event.isError()) {
      ResponseErrorEvent error = event.asError();
      return OpenAiResponsesCheck.reject(
          error._code().asKnown().orElse(null), error._message().asKnown().orElse(null));
    }
    return end(event).map(responses::check).orElse(null);
  }

  /** Returns the response with which the stream ends. */
  private static Optional<Response> end(ResponseStreamEvent event) {
    if (event.isCompleted()) {
      return event.asCompleted()._response().asKnown();
    }
    if (event.isIncomplete()) {
      return event.asIncomplete()._response().asKnown();
    }
    return event.isFailed() ? event.asFailed()._response().asKnown() : Optional.empty();
  }
}
