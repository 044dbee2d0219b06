package dev.llmretry.examples.provider;

import java.io.IOException;
import java.util.List;

/** An answer that goes out token by token: the role, the tokens, and what says that it is over. */
final class StreamedAnswer {

  private static final long PAUSE_MILLIS = 10;

  private final List<String> tokens;
  private final Connection connection;

  StreamedAnswer(Request request, Connection connection) {
    this.tokens = OpenAiAnswers.tokens(request);
    this.connection = connection;
  }

  /** Writes as much of the answer as {@code reply} says, and what it says after that. */
  void write(Reply reply) throws IOException {
    connection.beginStream();
    connection.writeEvent(OpenAiAnswers.roleChunk());
    if (reply instanceof Reply.StreamedFailure failure) {
      writeTokens(failure.tokens());
      connection.writeEvent(OpenAiAnswers.errorBody(failure.error()));
      connection.endStream();
    } else if (reply instanceof Reply.Drop) {
      writeTokens(tokens.size() / 2);
      connection.reset();
    } else if (reply instanceof Reply.Stall) {
      writeTokens(tokens.size() / 2);
      connection.awaitHangUp();
    } else {
      writeTokens(tokens.size());
      connection.writeEvent(OpenAiAnswers.lastChunk());
      connection.writeEvent("[DONE]");
      connection.endStream();
    }
  }

  private void writeTokens(int count) throws IOException {
    for (String token : tokens.subList(0, count)) {
      pause();
      connection.writeEvent(OpenAiAnswers.chunk(token));
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
