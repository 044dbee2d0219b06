package dev.llmretry.providertests.springai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmretry.providers.preamble.SpringAiPreamble;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.metadata.ChatGenerationMetadata;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;

class PreambleTest {

  private static Generation generation(String text, String finishReason) {
    return new Generation(
        new AssistantMessage(text),
        ChatGenerationMetadata.builder().finishReason(finishReason).build());
  }

  private static boolean isPreamble(Generation... generations) {
    return new SpringAiPreamble().test(new ChatResponse(Arrays.asList(generations)));
  }

  @Test
  void recognisesResponsesBeforeTheContent() {
    assertThat(new SpringAiPreamble().test(new ChatResponse(List.of()))).isTrue();
    assertThat(isPreamble(new Generation(new AssistantMessage("")))).isTrue();
    assertThat(isPreamble(generation("", ""))).isTrue();
  }

  @Test
  void doesNotHoldBackContent() {
    assertThat(isPreamble(new Generation(new AssistantMessage("Hi")))).isFalse();
    assertThat(isPreamble(generation("", "STOP"))).isFalse();
    assertThat(isPreamble(generation("", ""), generation("Hi", ""))).isFalse();
  }
}
