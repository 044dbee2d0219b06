package dev.llmretry.examples;

import dev.llmretry.examples.client.ChatChunk;
import dev.llmretry.examples.client.ChatRequest;
import dev.llmretry.examples.client.ChatResponse;
import dev.llmretry.examples.client.Embedding;
import dev.llmretry.examples.client.Message;
import dev.llmretry.runtime.Attempt;
import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.Registration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** The calls that the demo makes. */
enum Call {
  COMPLETE("complete") {
    @Override
    String on(Retrying retrying, String model, CancellationToken cancel, Spectator spectator)
        throws Exception {
      return retrying.client().complete(hello(model), cancel).message().content();
    }
  },
  JSON("completeJson") {
    @Override
    String on(Retrying retrying, String model, CancellationToken cancel, Spectator spectator)
        throws Exception {
      ChatResponse answer = retrying.client().completeJson(hello(model), cancel);
      spectator.onNote(Text.fit("returns " + answer.message().content(), 76));
      return answer.message().content();
    }
  },
  EMBED("embed") {
    @Override
    String on(Retrying retrying, String model, CancellationToken cancel, Spectator spectator)
        throws Exception {
      List<Embedding> embeddings =
          retrying.client().embed(List.of("hello", "world"), Attempt.first(cancel));
      return embeddings.size() + " embeddings";
    }
  },
  ASYNC("completeAsync") {
    /** Hands on no token: whoever has the future can cancel that. */
    @Override
    String on(Retrying retrying, String model, CancellationToken cancel, Spectator spectator)
        throws Exception {
      CompletableFuture<ChatResponse> answer =
          retrying.client().completeAsync(hello(model), CancellationToken.none());
      spectator.onNote("the caller has a future, and goes on");
      Registration cancelling = cancel.onCancel(() -> answer.cancel(true));
      try {
        return await(answer).message().content();
      } finally {
        cancelling.close();
      }
    }
  },
  STREAM("stream") {
    @Override
    String on(Retrying retrying, String model, CancellationToken cancel, Spectator spectator)
        throws Exception {
      StringBuilder text = new StringBuilder();
      try (Stream<ChatChunk> chunks = retrying.client().stream(weekdays(model), cancel)) {
        for (Iterator<ChatChunk> i = chunks.iterator(); i.hasNext(); ) {
          ChatChunk chunk = i.next();
          spectator.onChunk(chunk);
          text.append(chunk.content());
        }
      }
      return text.toString();
    }
  },
  PUBLISH("publish") {
    @Override
    String on(Retrying retrying, String model, CancellationToken cancel, Spectator spectator)
        throws Exception {
      ChunkSink sink = new ChunkSink(spectator::onChunk);
      retrying.client().publish(weekdays(model), cancel).subscribe(sink);
      return await(sink.text());
    }
  },
  FALLBACK("complete") {
    @Override
    String on(Retrying retrying, String model, CancellationToken cancel, Spectator spectator)
        throws Exception {
      return retrying.fallback().complete(hello(model), cancel).message().content();
    }
  },
  SIMILARITY("similarity") {
    @Override
    String on(Retrying retrying, String model, CancellationToken cancel, Spectator spectator)
        throws Exception {
      double similarity = retrying.comparison().similarity("hello", "hi", cancel);
      return Text.format("%.2f alike", similarity);
    }
  };

  private final String method;

  Call(String method) {
    this.method = method;
  }

  /** Returns the name of the method that is called. */
  String method() {
    return method;
  }

  /**
   * Makes the call, and returns the answer in words.
   *
   * @throws Exception what the call ends with
   */
  abstract String on(Retrying retrying, String model, CancellationToken cancel, Spectator spectator)
      throws Exception;

  private static ChatRequest hello(String model) {
    return ChatRequest.of(model, Message.user("Say hello in one short sentence."));
  }

  private static ChatRequest weekdays(String model) {
    return ChatRequest.of(model, Message.user("Name the days of the week, Monday to Sunday."));
  }

  /** Throws what the future holds as it is; {@code get} would wrap it. */
  private static <T> T await(CompletableFuture<T> future) throws Exception {
    Throwable error = future.handle((result, thrown) -> thrown).join();
    if (error instanceof Exception exception) {
      throw exception;
    }
    return future.join();
  }
}
