package dev.llmretry.providertests.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.openai.core.ObjectMappers;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseStreamEvent;
import dev.llmretry.FailureKind;
import dev.llmretry.Rejection;
import dev.llmretry.providers.check.OpenAiCheck;
import dev.llmretry.providers.check.OpenAiResponsesCheck;
import dev.llmretry.providers.check.OpenAiResponsesStreamCheck;
import dev.llmretry.providers.check.OpenAiStreamCheck;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is not recorded: answers, chunks and events of the forms that servers send. */
class CheckTest {

  /**
   * The oldest version drops members that OpenAI does not send, unless all others have come before.
   */
  private static final boolean DROPS_OTHERS = Boolean.getBoolean("sdk.oldest");

  /** Apostrophes would have to be doubled in a CSV source. */
  private static <T> T read(String json, Class<T> type) throws JsonProcessingException {
    return ObjectMappers.jsonMapper().readValue(json.replace('~', '"'), type);
  }

  private static FailureKind kind(Rejection rejection) {
    return rejection == null ? null : rejection.kind();
  }

  private static Rejection checkMessage(String message, String reason)
      throws JsonProcessingException {
    String choice = "{~index~: 0, ~message~: %s, ~finish_reason~: %s}".formatted(message, reason);
    return checkBody("{~id~: ~1~, ~choices~: [" + choice + "]}");
  }

  private static Rejection checkBody(String body) throws JsonProcessingException {
    return new OpenAiCheck().check(read(body, ChatCompletion.class));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "accepted",
      textBlock =
          """
          {~content~: ~Hi~}                                  | ~stop~           | accepted
          {~content~: ~Hi~}                                  | ~length~         | accepted
          {~content~: ~Hi~}                                  | null             | accepted
          {~content~: ~Hi~}                                  | ~what_is_new~    | accepted
          {~content~: null, ~tool_calls~: [{~id~: ~1~}]}     | ~tool_calls~     | accepted
          {~content~: ~~, ~tool_calls~: [{~id~: ~1~}]}       | ~length~         | accepted
          {~content~: null, ~function_call~: {~name~: ~f~}}  | ~function_call~  | accepted
          {~content~: null, ~audio~: {~id~: ~1~}}            | ~stop~           | accepted
          {~content~: [{~type~: ~text~, ~text~: ~Hi~}]}      | ~stop~           | accepted
          {~content~: ~Hi~, ~refusal~: ~~}                   | ~stop~           | accepted
          {~content~: null}                                  | ~stop~           | INVALID_OUTPUT
          {}                                                 | ~stop~           | INVALID_OUTPUT
          {~content~: ~ ~, ~tool_calls~: []}                 | ~tool_calls~     | INVALID_OUTPUT
          {~content~: ~~, ~images~: []}                      | null             | INVALID_OUTPUT
          {~content~: ~~, ~reasoning_content~: ~Hm~}         | ~stop~           | INVALID_OUTPUT
          {~content~: ~~, ~reasoning_content~: ~Hm~}         | ~length~         | CONTEXT_LENGTH
          {~content~: null}                                  | ~MAX_TOKENS~     | CONTEXT_LENGTH
          {~content~: ~Hi~, ~refusal~: ~No~}                 | ~stop~           | CONTENT_FILTERED
          {~content~: ~~}                                    | ~content_filter~ | CONTENT_FILTERED
          {~content~: ~Hi~}                                  | ~content_filter~ | CONTENT_FILTERED
          {~content~: null}                                  | ~SAFETY~         | CONTENT_FILTERED
          {~content~: ~Hi~}                                  | ~error~          | SERVER
          {~content~: null}                                  | ~network_error~  | SERVER
          {~content~: ~Hi~}   | ~insufficient_system_resource~                  | OVERLOADED
          """)
  void aCompletionIsAcceptedOrRejected(String message, String reason, FailureKind kind)
      throws JsonProcessingException {
    assertThat(kind(checkMessage(message, reason))).isEqualTo(kind);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                                                           | INVALID_OUTPUT
          {~choices~: []}                                              | INVALID_OUTPUT
          {~error~: null, ~choices~: []}                               | INVALID_OUTPUT
          {~error~: {}, ~choices~: []}                                 | INVALID_OUTPUT
          {~error~: {~code~: 429, ~message~: ~Slow down.~}}            | RATE_LIMITED
          {~error~: {~code~: 402, ~message~: ~More credits.~}}         | QUOTA_EXHAUSTED
          {~error~: {~code~: 502, ~message~: ~Disconnected~}}          | SERVER
          {~error~: {~code~: ~tool_use_failed~, ~message~: ~Failed.~}} | INVALID_OUTPUT
          {~error~: {~code~: ~context_length_exceeded~}}               | CONTEXT_LENGTH
          {~error~: {~message~: ~Something~}}                          | UNKNOWN
          {~error~: ~Something~}                                       | UNKNOWN
          """)
  void aBodyWithoutAnAnswerIsRejected(String body, FailureKind kind)
      throws JsonProcessingException {
    assertThat(kind(checkBody(body))).isEqualTo(DROPS_OTHERS ? FailureKind.INVALID_OUTPUT : kind);
  }

  @Test
  void imagesAndAudioAreContent() throws JsonProcessingException {
    String images = "{~content~: ~~, ~images~: [{~type~: ~image_url~}]}";
    assertThat(checkMessage(images, "~stop~") != null).isEqualTo(DROPS_OTHERS);
    assertThat(checkLastChunk(images) != null).isEqualTo(DROPS_OTHERS);
    assertThat(checkLastChunk("{~audio~: {~id~: ~1~}}") != null).isEqualTo(DROPS_OTHERS);
  }

  private static Rejection checkLastChunk(String delta) throws JsonProcessingException {
    String chunk = "{~choices~: [{~delta~: " + delta + ", ~finish_reason~: ~stop~}]}";
    return new OpenAiStreamCheck().check(read(chunk, ChatCompletionChunk.class));
  }

  @Test
  void anErrorMayAskForADelay() throws JsonProcessingException {
    Rejection rejection =
        checkBody("{~error~: {~code~: 429, ~message~: ~Please try again in 1.2s.~}}");
    assertThat(rejection)
        .isEqualTo(
            DROPS_OTHERS
                ? Rejection.of("the answer is empty")
                : new Rejection(
                    FailureKind.RATE_LIMITED,
                    "HTTP 429 in the response",
                    Duration.ofMillis(1_200)));
  }

  @Test
  void anErrorMayBeInAChoice() throws JsonProcessingException {
    String error = "~finish_reason~: ~error~, ~error~: {~code~: 503, ~message~: ~Busy~}";
    assertThat(kind(checkBody("{~choices~: [{" + error + "}]}")))
        .isEqualTo(DROPS_OTHERS ? FailureKind.SERVER : FailureKind.OVERLOADED);
  }

  @Test
  void ofSeveralChoicesOneMustBeAcceptable() throws JsonProcessingException {
    String filtered = "{~index~: 0, ~message~: {}, ~finish_reason~: ~content_filter~}";
    String answered = "{~index~: 1, ~message~: {~content~: ~Hi~}, ~finish_reason~: ~stop~}";
    assertThat(checkBody("{~choices~: [" + filtered + ", " + answered + "]}")).isNull();
    assertThat(kind(checkBody("{~choices~: [" + filtered + ", " + filtered + "]}")))
        .isEqualTo(FailureKind.CONTENT_FILTERED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "accepted",
      textBlock =
          """
          []                                                                  | accepted
          [{~index~: 0, ~delta~: {~role~: ~assistant~, ~content~: ~~}}]       | accepted
          [{~index~: 0, ~delta~: {~content~: ~Hi~}, ~finish_reason~: null}]   | accepted
          [{~index~: 0, ~delta~: {~content~: ~Hi~}, ~finish_reason~: ~stop~}] | accepted
          [{~index~: 0, ~delta~: {~tool_calls~: [{~index~: 0}]}}]             | accepted
          [{~index~: 0, ~delta~: {~refusal~: ~No~}}]                          | CONTENT_FILTERED
          [{~index~: 0, ~delta~: {}, ~finish_reason~: ~content_filter~}]      | CONTENT_FILTERED
          [{~index~: 0, ~delta~: {}, ~finish_reason~: ~length~}]              | CONTEXT_LENGTH
          [{~index~: 0, ~delta~: {}, ~finish_reason~: ~stop~}]                | INVALID_OUTPUT
          [{~index~: 0, ~finish_reason~: ~error~}]                            | SERVER
          """)
  void aChunkIsAcceptedOrRejected(String choices, FailureKind kind) throws JsonProcessingException {
    String chunk = "{~id~: ~1~, ~choices~: " + choices + "}";
    assertThat(kind(new OpenAiStreamCheck().check(read(chunk, ChatCompletionChunk.class))))
        .isEqualTo(kind);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "accepted",
      textBlock =
          """
          {~status~: ~queued~, ~output~: []}                              | accepted
          {~status~: ~in_progress~, ~output~: []}                         | accepted
          {~status~: ~cancelled~, ~output~: []}                           | accepted
          {~status~: ~completed~, ~output~: [{~type~: ~web_search_call~}]} | accepted
          {~status~: ~completed~, ~output~: [{~type~: ~what_is_new~}]}    | accepted
          {~status~: ~incomplete~, ~incomplete_details~: {~reason~: ~max_output_tokens~}, \
           ~output~: [{~type~: ~message~, ~id~: ~1~, ~role~: ~assistant~, ~status~: ~incomplete~, \
             ~content~: [{~type~: ~output_text~, ~text~: ~Hi~, ~annotations~: []}]}]} | accepted
          {~status~: ~completed~, ~output~: [{~type~: ~reasoning~, ~id~: ~1~, ~summary~: []}]} \
                                                                          | INVALID_OUTPUT
          {~output~: []}                                                  | INVALID_OUTPUT
          {~status~: ~incomplete~, ~incomplete_details~: {~reason~: ~max_output_tokens~}, \
           ~output~: [{~type~: ~reasoning~, ~id~: ~1~, ~summary~: []}]}   | CONTEXT_LENGTH
          {~status~: ~incomplete~, ~incomplete_details~: {~reason~: ~content_filter~}, \
           ~output~: []}                                                  | CONTENT_FILTERED
          {~status~: ~completed~, ~output~: [{~type~: ~message~, ~id~: ~1~, ~role~: ~assistant~, \
             ~status~: ~completed~, ~content~: [{~type~: ~refusal~, ~refusal~: ~No~}]}]} \
                                                                          | CONTENT_FILTERED
          {~status~: ~failed~, ~error~: {~code~: ~rate_limit_exceeded~, ~message~: ~Slow~}} \
                                                                          | RATE_LIMITED
          {~status~: ~failed~, ~error~: null}                             | SERVER
          """)
  void aResponseIsAcceptedOrRejected(String response, FailureKind kind)
      throws JsonProcessingException {
    assertThat(kind(new OpenAiResponsesCheck().check(read(response, Response.class))))
        .isEqualTo(kind);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "accepted",
      textBlock =
          """
          {~type~: ~response.created~, ~response~: {~status~: ~in_progress~, ~output~: []}} \
                                                                          | accepted
          {~type~: ~response.output_text.delta~, ~delta~: ~Hi~}           | accepted
          {~type~: ~response.completed~, ~response~: {~status~: ~completed~, ~output~: []}} \
                                                                          | INVALID_OUTPUT
          {~type~: ~error~, ~code~: ~server_error~, ~message~: ~Failed.~} | SERVER
          {~type~: ~error~, ~code~: ~insufficient_quota~, ~message~: ~~}  | QUOTA_EXHAUSTED
          """)
  void anEventIsAcceptedOrRejected(String event, FailureKind kind) throws JsonProcessingException {
    assertThat(kind(new OpenAiResponsesStreamCheck().check(read(event, ResponseStreamEvent.class))))
        .isEqualTo(kind);
  }
}
