package dev.llmretry.providers.check;

import com.google.genai.types.Candidate;
import com.google.genai.types.Content;
import com.google.genai.types.GenerateContentResponse;
import com.google.genai.types.GenerateContentResponsePromptFeedback;
import com.google.genai.types.Part;
import dev.llmretry.FailureKind;
import dev.llmretry.Rejection;
import dev.llmretry.ResultCheck;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rejects responses of google-genai, from Gemini or Vertex AI, of which the prompt or the answer
 * was blocked, that are empty, or whose call of a function is malformed. To be named as {@code
 * check} of {@link dev.llmretry.LlmRetry @LlmRetry}, for responses as well as for the elements of a
 * stream; for these together with {@link dev.llmretry.providers.preamble.GoogleGenAiPreamble
 * GoogleGenAiPreamble} as {@code preamble}.
 *
 * <p>It reads {@code promptFeedback.blockReason}, {@code finishReason} and {@code content} as
 * described under <a
 * href="https://ai.google.dev/api/generate-content#v1beta.GenerateContentResponse">
 * GenerateContentResponse</a>. An element of a stream is accepted unless it ends the answer.
 */
public final class GoogleGenAiCheck implements ResultCheck<GenerateContentResponse> {

  /** Called by generated code. */
  public GoogleGenAiCheck() {}

  @Override
  public @Nullable Rejection check(GenerateContentResponse response) {
    List<Candidate> candidates = response.candidates().orElse(List.of());
    return candidates.isEmpty() && blockReason(response) == null
        ? FinishReasons.check(null, true)
        : checkElement(response, candidates, true);
  }

  @Override
  public @Nullable Rejection checkElement(GenerateContentResponse response) {
    return checkElement(response, response.candidates().orElse(List.of()), false);
  }

  private static @Nullable Rejection checkElement(
      GenerateContentResponse response, List<Candidate> candidates, boolean complete) {
    String blocked = blockReason(response);
    return blocked != null
        ? Rejection.of(FailureKind.CONTENT_FILTERED, "block reason " + blocked)
        : Answers.checkAll(candidates, candidate -> check(candidate, complete));
  }

  private static @Nullable String blockReason(GenerateContentResponse response) {
    return response
        .promptFeedback()
        .flatMap(GenerateContentResponsePromptFeedback::blockReason)
        .map(Object::toString)
        .orElse(null);
  }

  private static @Nullable Rejection check(Candidate candidate, boolean complete) {
    String reason = candidate.finishReason().map(Object::toString).orElse(null);
    List<Part> parts = candidate.content().flatMap(Content::parts).orElse(List.of());
    return reason == null && !complete
        ? null
        : FinishReasons.check(reason, parts.stream().allMatch(GoogleGenAiCheck::isEmpty));
  }

  /** Parts without text are calls of functions, images and the like. */
  private static boolean isEmpty(Part part) {
    String text = part.text().orElse(null);
    return text != null && (text.isBlank() || part.thought().orElse(false));
  }
}
