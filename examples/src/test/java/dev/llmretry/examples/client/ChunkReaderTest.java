package dev.llmretry.examples.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.llmretry.runtime.CancellationToken;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ChunkReaderTest {

  private static final String HELLO = "data: {\"choices\":[{\"delta\":{\"content\":\"hällo\"}}]}";

  private final ClosableBody closable = new ClosableBody("");

  private static Stream<String> texts(String body) {
    return ChunkReader.stream(new ClosableBody(body), CancellationToken.none())
        .map(ChatChunk::content);
  }

  @Test
  void readsWhatServersSendBesides() {
    assertThat(
            texts(": keep-alive\r\n\r\n" + HELLO + "\r\n\r\nid: 1\n" + HELLO + "\ndata:[DONE]\n"))
        .containsExactly("hällo", "hällo");
  }

  @Test
  void readsNothingAfterTheEnd() {
    assertThat(texts("data: [DONE]\n\n" + HELLO + "\n\n")).isEmpty();
  }

  @Test
  void anAnswerWithoutItsEndIsBroken() {
    assertThatExceptionOfType(UncheckedProviderException.class)
        .isThrownBy(() -> texts(HELLO + "\n\n").toList())
        .satisfies(
            error ->
                assertThat(error.failure())
                    .isInstanceOf(NetworkException.class)
                    .hasCauseInstanceOf(EOFException.class));
  }

  @Test
  void closesTheBodyWhicheverWayItEnds() {
    assertThatExceptionOfType(UncheckedProviderException.class)
        .isThrownBy(() -> ChunkReader.stream(closable, CancellationToken.none()).toList());
    assertThat(closable.closed).isTrue();
  }

  @Test
  void opensNothingBeforeItIsAsked() {
    Stream<ChatChunk> chunks = ChunkReader.stream(closable, CancellationToken.none());

    assertThat(closable.closed).isFalse();
    chunks.close();
    assertThat(closable.closed).isTrue();
  }

  private static final class ClosableBody extends ByteArrayInputStream {

    private boolean closed;

    ClosableBody(String body) {
      super(body.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
