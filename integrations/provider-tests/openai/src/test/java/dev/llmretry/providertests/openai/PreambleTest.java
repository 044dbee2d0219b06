package dev.llmretry.providertests.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.openai.core.ObjectMappers;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.responses.ResponseStreamEvent;
import dev.llmretry.providers.preamble.OpenAiPreamble;
import dev.llmretry.providers.preamble.OpenAiResponsesPreamble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Chunks and events as servers send them. */
class PreambleTest {

  /** The oldest version drops members that OpenAI does not send. */
  private static final boolean DROPS_OTHERS = Boolean.getBoolean("sdk.oldest");

  private static boolean isPreamble(String choices) throws JsonProcessingException {
    String chunk =
        """
        {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": %s}
        """
            .formatted(choices);
    return new OpenAiPreamble()
        .test(ObjectMappers.jsonMapper().readValue(chunk, ChatCompletionChunk.class));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "[{\"index\": 0, \"delta\": {\"role\": \"assistant\", \"content\": \"\", \"refusal\": null}}]",
        "[{\"index\": 0, \"delta\": {\"role\": \"assistant\"}, \"finish_reason\": null}]",
        "[{\"index\": 0, \"delta\": {\"content\": \"\", \"reasoning_content\": null}}]",
        "[{\"index\": 0, \"delta\": {\"content\": \"\", \"images\": []}}]",
        "[{\"index\": 0, \"delta\": {}}]"
      })
  void recognisesChunksBeforeTheContent(String choices) throws JsonProcessingException {
    assertThat(isPreamble(choices)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[{\"index\": 0, \"delta\": {\"content\": \"Hi\"}}]",
        "[{\"index\": 0, \"delta\": {\"refusal\": \"No\"}}]",
        "[{\"index\": 0, \"delta\": {\"tool_calls\": [{\"index\": 0, \"id\": \"1\"}]}}]",
        "[{\"index\": 0, \"delta\": {}, \"finish_reason\": \"stop\"}]",
        "[{\"index\": 0, \"delta\": {}}, {\"index\": 1, \"delta\": {\"content\": \"Hi\"}}]"
      })
  void doesNotHoldBackContent(String choices) throws JsonProcessingException {
    assertThat(isPreamble(choices)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "response.created",
        "response.in_progress",
        "response.output_item.added",
        "response.content_part.added"
      })
  void recognisesEventsBeforeTheContent(String type) throws JsonProcessingException {
    assertThat(isPreambleEvent(type)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"response.output_text.delta", "response.completed", "response.failed", "error"})
  void doesNotHoldBackEventsWithContent(String type) throws JsonProcessingException {
    assertThat(isPreambleEvent(type)).isFalse();
  }

  @Test
  void doesNotHoldBackWhatOnlyOtherServersSend() throws JsonProcessingException {
    assertThat(isPreamble("[{\"delta\": {\"content\": \"\", \"images\": [{\"index\": 0}]}}]"))
        .isEqualTo(DROPS_OTHERS);
    assertThat(isPreamble("[{\"delta\": {\"audio\": {\"id\": \"1\"}}}]")).isEqualTo(DROPS_OTHERS);
  }

  @Test
  void theEndOfReasoningPrecedesTheContent() throws JsonProcessingException {
    String reasoning = "{\"type\": \"reasoning\", \"id\": \"1\", \"summary\": []}";
    String search = "{\"type\": \"web_search_call\", \"id\": \"1\", \"status\": \"completed\"}";
    assertThat(isPreambleEvent("response.output_item.done", ", \"item\": " + reasoning)).isTrue();
    assertThat(isPreambleEvent("response.output_item.done", ", \"item\": " + search)).isFalse();
  }

  private static boolean isPreambleEvent(String type) throws JsonProcessingException {
    return isPreambleEvent(type, "");
  }

  private static boolean isPreambleEvent(String type, String members)
      throws JsonProcessingException {
    String event = "{\"type\": \"" + type + "\"" + members + "}";
    return new OpenAiResponsesPreamble()
        .test(ObjectMappers.jsonMapper().readValue(event, ResponseStreamEvent.class));
  }
}
