package dev.llmretry.providertests.googlegenai;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.genai.types.GenerateContentResponse;
import dev.llmretry.FailureKind;
import dev.llmretry.Rejection;
import dev.llmretry.providers.check.GoogleGenAiCheck;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is not recorded: responses, and elements of streams, as Gemini sends them. */
class CheckTest {

  private final GoogleGenAiCheck check = new GoogleGenAiCheck();

  private static GenerateContentResponse read(String json) {
    return GenerateContentResponse.fromJson(json.replace('~', '"'));
  }

  private static FailureKind kind(Rejection rejection) {
    return rejection == null ? null : rejection.kind();
  }

  /** The last column is for an element of a stream. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "accepted",
      textBlock =
          """
          [{~text~: ~Hi~}]                      | ~STOP~                 | accepted       | accepted
          [{~text~: ~Hi~}]                      | ~MAX_TOKENS~           | accepted       | accepted
          [{~text~: ~Hi~}]                      | none                   | accepted       | accepted
          [{~functionCall~: {~name~: ~f~}}]     | ~STOP~                 | accepted       | accepted
          [{~inlineData~: {~data~: ~~}}]        | ~STOP~                 | accepted       | accepted
          [{~text~: ~Hm~, ~thought~: true}, {~text~: ~Hi~}] | ~STOP~     | accepted       | accepted
          [{~text~: ~Hm~, ~thought~: true}]     | none                   | INVALID_OUTPUT | accepted
          [{~text~: ~~}]                        | none                   | INVALID_OUTPUT | accepted
          [{~text~: ~ ~}]                       | ~STOP~       | INVALID_OUTPUT | INVALID_OUTPUT
          [{~text~: ~Hm~, ~thought~: true}]     | ~MAX_TOKENS~ | CONTEXT_LENGTH | CONTEXT_LENGTH
          []                                    | ~SAFETY~     | CONTENT_FILTERED | CONTENT_FILTERED
          [{~text~: ~Hi~}]                      | ~RECITATION~ | CONTENT_FILTERED | CONTENT_FILTERED
          []                                    | ~LANGUAGE~             | UNSUPPORTED    | UNSUPPORTED
          []                                    | ~WHAT_IS_NEW~ | INVALID_OUTPUT | INVALID_OUTPUT
          [{~text~: ~Hi~}]                      | ~MALFORMED_FUNCTION_CALL~ \
                                                               | INVALID_OUTPUT | INVALID_OUTPUT
          """)
  void aCandidateIsAcceptedOrRejected(
      String parts, String reason, FailureKind kind, FailureKind kindOfElement) {
    GenerateContentResponse response =
        read(
            "{~candidates~: [{~content~: {~parts~: %s}%s}]}"
                .formatted(parts, reason.equals("none") ? "" : ", ~finishReason~: " + reason));
    assertThat(kind(check.check(response))).isEqualTo(kind);
    assertThat(kind(check.checkElement(response))).isEqualTo(kindOfElement);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "accepted",
      textBlock =
          """
          {}                                           | INVALID_OUTPUT   | accepted
          {~usageMetadata~: {~promptTokenCount~: 3}}   | INVALID_OUTPUT   | accepted
          {~promptFeedback~: {}}                       | INVALID_OUTPUT   | accepted
          {~promptFeedback~: {~blockReason~: ~OTHER~}} | CONTENT_FILTERED | CONTENT_FILTERED
          """)
  void aResponseWithoutCandidatesIsAnElementOnly(
      String json, FailureKind kind, FailureKind kindOfElement) {
    GenerateContentResponse response = read(json);
    assertThat(kind(check.check(response))).isEqualTo(kind);
    assertThat(kind(check.checkElement(response))).isEqualTo(kindOfElement);
  }
}
