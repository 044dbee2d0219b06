package dev.llmretry.providertests.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmretry.FailureKind;
import dev.llmretry.Rejection;
import dev.llmretry.providers.check.BedrockCheck;
import dev.llmretry.providers.check.BedrockStreamCheck;
import dev.llmretry.providertests.LoopbackProvider;
import dev.llmretry.providertests.Reply;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseResponse;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;

/** Responses of Converse, over the wire, and events of ConverseStream. */
class CheckTest {

  private static final boolean OLDEST = Boolean.getBoolean("sdk.oldest");

  private static FailureKind kind(Rejection rejection) {
    return rejection == null ? null : rejection.kind();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "accepted",
      textBlock =
          """
          {~text~: ~Hi~}                               | end_turn      | accepted
          {~text~: ~Hi~}                               | max_tokens    | accepted
          {~toolUse~: {~toolUseId~: ~1~, ~name~: ~f~}} | tool_use      | accepted
          {~text~: ~~}                                 | end_turn      | INVALID_OUTPUT
          {~text~: ~~}                                 | max_tokens    | CONTEXT_LENGTH
          {~text~: ~ ~}                         | model_context_window_exceeded | CONTEXT_LENGTH
          {~text~: ~Blocked.~}                         | guardrail_intervened | CONTENT_FILTERED
          {~text~: ~~}                                 | content_filtered     | CONTENT_FILTERED
          {~text~: ~Hi~}                               | malformed_model_output | INVALID_OUTPUT
          {~text~: ~Hi~}                               | malformed_tool_use   | INVALID_OUTPUT
          {~text~: ~Hi~}                               | what_is_new          | accepted
          """)
  void aResponseIsAcceptedOrRejected(String block, String reason, FailureKind kind) {
    assertThat(kind(new BedrockCheck().check(converse("[" + block + "]", reason)))).isEqualTo(kind);
  }

  @Test
  void aResponseWithoutContentIsRejected() {
    assertThat(kind(new BedrockCheck().check(converse("[]", "end_turn"))))
        .isEqualTo(FailureKind.INVALID_OUTPUT);
    assertThat(kind(new BedrockCheck().check(ConverseResponse.builder().build())))
        .isEqualTo(FailureKind.INVALID_OUTPUT);
  }

  /** For the oldest version, it is a block of an unknown type. */
  @Test
  void reasoningIsNoContent() {
    String reasoning = "[{~reasoningContent~: {~reasoningText~: {~text~: ~Hm~}}}]";
    assertThat(kind(new BedrockCheck().check(converse(reasoning, "max_tokens"))))
        .isEqualTo(OLDEST ? null : FailureKind.CONTEXT_LENGTH);
  }

  private static ConverseResponse converse(String content, String reason) {
    String body =
        """
        {~output~: {~message~: {~role~: ~assistant~, ~content~: %s}}, ~stopReason~: ~%s~,
         ~usage~: {~inputTokens~: 1, ~outputTokens~: 1, ~totalTokens~: 2}}
        """
            .formatted(content, reason)
            .replace('~', '"');
    try (LoopbackProvider provider = new LoopbackProvider(List.of(Reply.json(200, body)));
        BedrockClient client = new BedrockClient(provider.url(), Duration.ofSeconds(60))) {
      return client.converse("What now?");
    }
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "accepted",
      value = {
        "tool_use, accepted",
        "end_turn, INVALID_OUTPUT",
        "max_tokens, CONTEXT_LENGTH",
        "content_filtered, CONTENT_FILTERED",
        "guardrail_intervened, CONTENT_FILTERED",
        "malformed_tool_use, INVALID_OUTPUT"
      })
  void theEndOfAStreamWithoutContentIsRejected(String reason, FailureKind kind) {
    ConverseStreamOutput event =
        ConverseStreamOutput.messageStopBuilder().stopReason(reason).build();
    assertThat(kind(new BedrockStreamCheck().check(event))).isEqualTo(kind);
  }

  @Test
  void otherEventsAreAccepted() {
    BedrockStreamCheck check = new BedrockStreamCheck();
    assertThat(check.check(ConverseStreamOutput.messageStartBuilder().build())).isNull();
    assertThat(check.check(ConverseStreamOutput.contentBlockDeltaBuilder().build())).isNull();
    assertThat(check.check(ConverseStreamOutput.UNKNOWN)).isNull();
  }
}
