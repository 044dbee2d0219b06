package dev.llmretry.providertests.googlegenai;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.genai.types.GenerateContentResponse;
import dev.llmretry.providers.preamble.GoogleGenAiPreamble;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Responses as Gemini sends them. */
class PreambleTest {

  private static boolean isPreamble(String json) {
    return new GoogleGenAiPreamble().test(GenerateContentResponse.fromJson(json));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"usageMetadata\": {\"promptTokenCount\": 3}}",
        "{\"candidates\": [{\"content\": {\"role\": \"model\"}}]}",
        "{\"candidates\": [{\"content\": {\"parts\": [{\"text\": \"\"}], \"role\": \"model\"}}]}"
      })
  void recognisesResponsesBeforeTheContent(String json) {
    assertThat(isPreamble(json)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"candidates\": [{\"content\": {\"parts\": [{\"text\": \"Hi\"}]}}]}",
        "{\"candidates\": [{\"content\": {\"parts\": [{\"functionCall\": {\"name\": \"f\"}}]}}]}",
        "{\"candidates\": [{\"finishReason\": \"SAFETY\"}]}",
        "{\"promptFeedback\": {\"blockReason\": \"SAFETY\"}}"
      })
  void doesNotHoldBackContent(String json) {
    assertThat(isPreamble(json)).isFalse();
  }
}
