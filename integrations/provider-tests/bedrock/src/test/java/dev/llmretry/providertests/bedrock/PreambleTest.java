package dev.llmretry.providertests.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmretry.providers.preamble.BedrockPreamble;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;

class PreambleTest {

  private final BedrockPreamble preamble = new BedrockPreamble();

  @Test
  void recognisesEventsBeforeTheContent() {
    assertThat(preamble.test(ConverseStreamOutput.messageStartBuilder().role("assistant").build()))
        .isTrue();
    assertThat(preamble.test(ConverseStreamOutput.contentBlockStartBuilder().build())).isTrue();
    assertThat(preamble.test(ConverseStreamOutput.contentBlockStopBuilder().build())).isTrue();
    assertThat(preamble.test(ConverseStreamOutput.UNKNOWN)).isTrue();
  }

  @Test
  void doesNotHoldBackContent() {
    assertThat(preamble.test(ConverseStreamOutput.contentBlockDeltaBuilder().build())).isFalse();
    assertThat(preamble.test(ConverseStreamOutput.messageStopBuilder().build())).isFalse();
  }
}
