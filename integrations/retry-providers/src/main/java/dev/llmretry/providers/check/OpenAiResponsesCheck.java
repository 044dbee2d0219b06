package dev.llmretry.providers.check;

import com.openai.core.JsonField;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseError;
import com.openai.models.responses.ResponseOutputItem;
import com.openai.models.responses.ResponseOutputMessage;
import dev.llmretry.FailureKind;
import dev.llmretry.Rejection;
import dev.llmretry.ResultCheck;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Rejects responses of openai-java's Responses API that have failed, are refusals, or are empty. To
 * be named as {@code check} of {@link dev.llmretry.LlmRetry @LlmRetry}.
 *
 * <p>It reads {@code status}, {@code error}, {@code incomplete_details.reason} and {@code output}
 * as described under <a href="https://platform.openai.com/docs/api-reference/responses/object">The
 * response object</a>. A response in the background, which is queued or in progress, is accepted,
 * and so is one that was cancelled.
 */
public final class OpenAiResponsesCheck implements ResultCheck<Response> {

  /** Called by generated code. */
  public OpenAiResponsesCheck() {}

  @Override
  public @Nullable Rejection check(Response response) {
    Rejection error = rejectError(response._error());
    if (error != null) {
      return error;
    }
    String status =
        response._status().asKnown().flatMap(value -> value._value().asString()).orElse("");
    return switch (status) {
      case "failed" -> Rejection.of(FailureKind.SERVER, "status failed");
      case "queued", "in_progress", "cancelled" -> null;
      default -> checkOutput(response);
    };
  }

  private static @Nullable Rejection rejectError(JsonField<ResponseError> field) {
    ResponseError error = field.asKnown().orElse(null);
    return error == null
        ? null
        : reject(
            error._code().asKnown().flatMap(code -> code._value().asString()).orElse(null),
            error._message().asKnown().orElse(null));
  }

  /** Returns the rejection for an error, or null if there is neither a code nor a message. */
  static @Nullable Rejection reject(@Nullable String code, @Nullable String message) {
    Map<String, String> error = new HashMap<>();
    if (code != null) {
      error.put("code", code);
    }
    if (message != null) {
      error.put("message", message);
    }
    return EmbeddedError.reject(error);
  }

  private static @Nullable Rejection checkOutput(Response response) {
    List<ResponseOutputItem> output = response._output().asKnown().orElse(List.of());
    if (output.stream().flatMap(OpenAiResponsesCheck::parts).anyMatch(part -> part.isRefusal())) {
      return Answers.refusal();
    }
    String reason =
        response
            ._incompleteDetails()
            .asKnown()
            .flatMap(details -> details._reason().asKnown())
            .flatMap(value -> value._value().asString())
            .orElse(null);
    return FinishReasons.check(reason, output.stream().noneMatch(OpenAiResponsesCheck::isContent));
  }

  private static boolean isContent(ResponseOutputItem item) {
    return item.isMessage()
        ? parts(item).anyMatch(Predicate.not(OpenAiResponsesCheck::isBlank))
        : !item.isReasoning();
  }

  private static Stream<ResponseOutputMessage.Content> parts(ResponseOutputItem item) {
    return item.message().flatMap(message -> message._content().asKnown()).stream()
        .flatMap(List::stream);
  }

  private static boolean isBlank(ResponseOutputMessage.Content part) {
    return part.isOutputText()
        && Answers.isBlank(part.asOutputText()._text().asKnown().orElse(null));
  }
}
