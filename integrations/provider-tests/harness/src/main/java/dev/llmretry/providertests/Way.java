package dev.llmretry.providertests;

import dev.llmretry.providertests.client.ChatClient;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How a client is asked. */
public enum Way {
  /** By a method that blocks. */
  BLOCKING {
    @Override
    String ask(ChatClient client) throws Exception {
      return client.ask(QUESTION);
    }
  },

  /** By a method that returns a future. */
  ASYNC {
    @Override
    String ask(ChatClient client) throws Exception {
      CompletableFuture<String> answer = client.askAsync(QUESTION);
      try {
        return answer.get(LIMIT_SECONDS, TimeUnit.SECONDS);
      } catch (ExecutionException e) {
        throw e.getCause() instanceof Exception cause ? cause : e;
      }
    }
  },

  /** By a method that returns a stream, which is read to its end. */
  STREAMING {
    @Override
    String ask(ChatClient client) throws Exception {
      try (Stream<String> pieces = client.askStreaming(QUESTION)) {
        return pieces.collect(Collectors.joining());
      }
    }
  };

  private static final String QUESTION = "What now?";
  private static final long LIMIT_SECONDS = 60;

  /** Returns the answer, or throws what the client does; what a future wraps, unwrapped. */
  abstract String ask(ChatClient client) throws Exception;
}
