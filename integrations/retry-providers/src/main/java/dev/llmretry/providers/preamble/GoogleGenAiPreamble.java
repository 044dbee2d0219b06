package dev.llmretry.providers.preamble;

import com.google.genai.types.Candidate;
import com.google.genai.types.Content;
import com.google.genai.types.GenerateContentResponse;
import com.google.genai.types.Part;
import java.util.List;
import java.util.function.Predicate;

/**
 * Recognises the responses of a stream of google-genai that precede its content: those without
 * candidates, or with empty text only. To be named as {@code preamble} of {@link
 * dev.llmretry.LlmRetry @LlmRetry}.
 *
 * <p>Every part but an empty text is content, as are the end of a candidate, and feedback on a
 * prompt, which is all that Gemini sends of a blocked one.
 */
public final class GoogleGenAiPreamble implements Predicate<GenerateContentResponse> {

  /** Called by generated code. */
  public GoogleGenAiPreamble() {}

  @Override
  public boolean test(GenerateContentResponse response) {
    return response.promptFeedback().isEmpty()
        && response.candidates().orElse(List.of()).stream()
            .allMatch(GoogleGenAiPreamble::isPreamble);
  }

  private static boolean isPreamble(Candidate candidate) {
    List<Part> parts = candidate.content().flatMap(Content::parts).orElse(List.of());
    return candidate.finishReason().isEmpty()
        && parts.stream().allMatch(part -> part.text().filter(String::isEmpty).isPresent());
  }
}
