package dev.llmretry.providertests.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import com.anthropic.core.ObjectMappers;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.llmretry.FailureKind;
import dev.llmretry.Rejection;
import dev.llmretry.providers.check.AnthropicCheck;
import dev.llmretry.providers.check.AnthropicStreamCheck;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is not recorded: messages and events as the API sends them. */
class CheckTest {

  /** The oldest version drops what is not documented, as an error in place of a message. */
  private static final boolean DROPS_OTHERS = Boolean.getBoolean("sdk.oldest");

  private static <T> T read(String json, Class<T> type) throws JsonProcessingException {
    return ObjectMappers.jsonMapper().readValue(json.replace('~', '"'), type);
  }

  private static FailureKind kind(Rejection rejection) {
    return rejection == null ? null : rejection.kind();
  }

  private static Rejection check(String message) throws JsonProcessingException {
    return new AnthropicCheck().check(read(message, Message.class));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "accepted",
      textBlock =
          """
          [{~type~: ~text~, ~text~: ~Hi~}]               | ~end_turn~    | accepted
          [{~type~: ~text~, ~text~: ~Hi~}]               | ~max_tokens~  | accepted
          [{~type~: ~tool_use~, ~id~: ~1~, ~name~: ~f~, ~input~: {}}] | ~tool_use~   | accepted
          [{~type~: ~server_tool_use~, ~id~: ~1~, ~name~: ~f~, ~input~: {}}] \
                                                         | ~pause_turn~  | accepted
          [{~type~: ~what_is_new~}]                      | ~end_turn~    | accepted
          []                                             | ~end_turn~    | INVALID_OUTPUT
          [{~type~: ~text~, ~text~: ~~}]                 | ~stop_sequence~ | INVALID_OUTPUT
          []                                             | ~tool_use~    | INVALID_OUTPUT
          [{~type~: ~thinking~, ~thinking~: ~Hm~, ~signature~: ~~}] | ~max_tokens~ | CONTEXT_LENGTH
          [{~type~: ~redacted_thinking~, ~data~: ~Hm~}]  | ~max_tokens~  | CONTEXT_LENGTH
          []                               | ~model_context_window_exceeded~ | CONTEXT_LENGTH
          []                                             | ~refusal~     | CONTENT_FILTERED
          [{~type~: ~text~, ~text~: ~Hi~}]               | ~refusal~     | CONTENT_FILTERED
          """)
  void aMessageIsAcceptedOrRejected(String content, String reason, FailureKind kind)
      throws JsonProcessingException {
    String message = "{~id~: ~1~, ~content~: %s, ~stop_reason~: %s}".formatted(content, reason);
    assertThat(kind(check(message))).isEqualTo(kind);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                                                                   | INVALID_OUTPUT
          {~error~: null, ~content~: []}                                       | INVALID_OUTPUT
          {~type~: ~error~, ~error~: {~type~: ~overloaded_error~, ~message~: ~Busy~}} | OVERLOADED
          {~error~: {~code~: ~429~, ~message~: ~Slow down.~}}                  | RATE_LIMITED
          """)
  void aBodyWithoutAMessageIsRejected(String body, FailureKind kind)
      throws JsonProcessingException {
    assertThat(kind(check(body))).isEqualTo(DROPS_OTHERS ? FailureKind.INVALID_OUTPUT : kind);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "accepted",
      textBlock =
          """
          {~type~: ~message_start~, ~message~: {~id~: ~1~, ~content~: []}} | accepted
          {~type~: ~ping~}                                                 | accepted
          {~type~: ~content_block_delta~, ~index~: 0, \
           ~delta~: {~type~: ~text_delta~, ~text~: ~Hi~}}                  | accepted
          {~type~: ~message_delta~, ~delta~: {~stop_reason~: null}}        | accepted
          {~type~: ~message_delta~, ~delta~: {~stop_reason~: ~tool_use~}}  | accepted
          {~type~: ~message_delta~, ~delta~: {~stop_reason~: ~end_turn~}}  | INVALID_OUTPUT
          {~type~: ~message_delta~, ~delta~: {~stop_reason~: ~max_tokens~}} | CONTEXT_LENGTH
          {~type~: ~message_delta~, ~delta~: {~stop_reason~: ~refusal~}}   | CONTENT_FILTERED
          {~type~: ~message_stop~}                                         | accepted
          """)
  void anEventIsAcceptedOrRejected(String event, FailureKind kind) throws JsonProcessingException {
    assertThat(kind(new AnthropicStreamCheck().check(read(event, RawMessageStreamEvent.class))))
        .isEqualTo(kind);
  }
}
