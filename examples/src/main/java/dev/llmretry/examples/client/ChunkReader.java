package dev.llmretry.examples.client;

import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.CancelledException;
import dev.llmretry.runtime.Registration;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Spliterator;
import java.util.Spliterators.AbstractSpliterator;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Reads an answer, chunk by chunk, no sooner than it is asked to. The connection is closed when the
 * answer is over, broken, no longer wanted, or cancelled.
 */
final class ChunkReader extends AbstractSpliterator<ChatChunk> {

  private final InputStream body;
  private final BufferedReader lines;
  private final CancellationToken cancel;
  private final Registration abort;
  private boolean over;

  private ChunkReader(InputStream body, CancellationToken cancel) {
    super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL);
    this.body = body;
    this.lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
    this.cancel = cancel;
    this.abort = cancel.onCancel(this::closeBody);
  }

  /** Returns the chunks of an answer that has begun. Closing the stream closes {@code body}. */
  static Stream<ChatChunk> stream(InputStream body, CancellationToken cancel) {
    ChunkReader reader = new ChunkReader(body, cancel);
    return StreamSupport.stream(reader, false).onClose(reader::close);
  }

  @Override
  public boolean tryAdvance(Consumer<? super ChatChunk> action) {
    if (over) {
      return false;
    }
    ChatChunk chunk = null;
    try {
      chunk = read();
    } catch (ProviderException e) {
      throw new UncheckedProviderException(e);
    } finally {
      if (chunk == null) {
        over = true;
        close();
      }
    }
    if (chunk == null) {
      return false;
    }
    action.accept(chunk);
    return true;
  }

  /** Returns the next chunk, null if the answer is over. */
  private @Nullable ChatChunk read() throws ProviderException {
    if (isUnwanted()) {
      throw new CancelledException("cancelled before reading on");
    }
    try {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String data = ServerSentEvents.data(line);
        if (data != null) {
          return ServerSentEvents.isEnd(data) ? null : OpenAiJson.chatChunk(data);
        }
      }
    } catch (IOException e) {
      if (isUnwanted()) {
        throw new CancelledException("cancelled while reading an answer", e);
      }
      throw NetworkException.of(e);
    }
    throw ServerSentEvents.cutOff();
  }

  /** A read that has begun responds to the token, but, on JDK 17, to no interrupt. */
  private boolean isUnwanted() {
    return cancel.isCancelled() || Thread.currentThread().isInterrupted();
  }

  private void close() {
    abort.close();
    closeBody();
  }

  /** Wakes up a thread that reads. To close {@link #lines} would wait for that thread. */
  private void closeBody() {
    try {
      body.close();
    } catch (IOException e) {
      // It is of no use any more.
    }
  }
}
