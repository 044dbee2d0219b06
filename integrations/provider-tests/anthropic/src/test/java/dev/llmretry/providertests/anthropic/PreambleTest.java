package dev.llmretry.providertests.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import com.anthropic.core.ObjectMappers;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.llmretry.providers.preamble.AnthropicPreamble;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Events as the API sends them. */
class PreambleTest {

  private static boolean isPreamble(String event) throws JsonProcessingException {
    return new AnthropicPreamble()
        .test(ObjectMappers.jsonMapper().readValue(event, RawMessageStreamEvent.class));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\": \"message_start\", \"message\": {\"id\": \"msg_1\"}}",
        "{\"type\": \"ping\"}",
        "{\"type\": \"content_block_start\", \"index\": 0,"
            + " \"content_block\": {\"type\": \"text\", \"text\": \"\", \"citations\": null}}",
        "{\"type\": \"content_block_start\", \"index\": 0,"
            + " \"content_block\": {\"type\": \"thinking\", \"thinking\": \"\", \"signature\": \"\"}}",
        "{\"type\": \"content_block_start\", \"index\": 0, \"content_block\":"
            + " {\"type\": \"tool_use\", \"id\": \"1\", \"name\": \"search\", \"input\": {}}}"
      })
  void recognisesEventsBeforeTheContent(String event) throws JsonProcessingException {
    assertThat(isPreamble(event)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\": \"content_block_delta\", \"index\": 0,"
            + " \"delta\": {\"type\": \"text_delta\", \"text\": \"Hi\"}}",
        "{\"type\": \"content_block_delta\", \"index\": 0,"
            + " \"delta\": {\"type\": \"thinking_delta\", \"thinking\": \"Hm\"}}",
        "{\"type\": \"content_block_start\", \"index\": 0,"
            + " \"content_block\": {\"type\": \"redacted_thinking\", \"data\": \"…\"}}"
      })
  void doesNotHoldBackContent(String event) throws JsonProcessingException {
    assertThat(isPreamble(event)).isFalse();
  }
}
