package dev.llmretry.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmretry.runtime.upstream.Pace;
import dev.llmretry.runtime.upstream.StoreField;
import dev.llmretry.runtime.upstream.StoreReply;
import dev.llmretry.runtime.upstream.StoreRequest;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExchangeScriptTest {

  private static final Pace PACE = new Pace(2, 0.5, 0.25);

  @Test
  void aRequestWithoutAChangeHasTenArguments() {
    assertThat(
            ExchangeScript.arguments("channel", "me", new StoreRequest(7, 1, 2, 1, 2, PACE, null)))
        .containsExactly("channel", "me", "7", "1", "2", "1", "2", "2.0", "0.5", "0.25");
  }

  @Test
  void aChangeAddsAValueForEachField() {
    Map<StoreField, Double> change = new EnumMap<>(StoreField.class);
    Arrays.stream(StoreField.values()).forEach(field -> change.put(field, field.ordinal() + 0.5));
    String[] arguments =
        ExchangeScript.arguments("channel", "me", new StoreRequest(0, 0, 0, 0, 0, PACE, change));
    assertThat(arguments).hasSize(10 + StoreField.values().length);
    assertThat(arguments[10 + StoreField.RATE.ordinal()])
        .isEqualTo(Double.toString(StoreField.RATE.ordinal() + 0.5));
  }

  @Test
  void aReplyHasTheFieldsAndThenTheTurns() {
    StoreReply reply =
        ExchangeScript.reply("1796000000000001 1 50 -1e6 0 2000 -3 4 48.5 0 7 1 1 0 2 -5 1000");
    assertThat(reply.version()).isEqualTo(1_796_000_000_000_001L);
    assertThat(reply.changed()).isTrue();
    assertThat(reply.members()).isEqualTo(50);
    assertThat(reply.get(StoreField.CLOSED_UNTIL)).isEqualTo(-1_000_000);
    assertThat(reply.get(StoreField.RATE)).isEqualTo(48.5);
    assertThat(reply.get(StoreField.OPENED)).isEqualTo(2);
    assertThat(reply.turns()).containsExactly(-5L, 1_000L);
  }

  @Test
  void aReplyMayHaveNoState() {
    StoreReply reply = ExchangeScript.reply("0 0 3");
    assertThat(reply.version()).isZero();
    assertThat(reply.members()).isEqualTo(3);
    assertThat(reply.state()).isEmpty();
  }

  @Test
  void theScriptNamesTheFields() {
    assertThat(ExchangeScript.TEXT)
        .contains("{'closed_until', 'paused_until', 'next_turn', 'measured_since', 'closings',")
        .contains("{true, true, true, true, false,");
  }
}
