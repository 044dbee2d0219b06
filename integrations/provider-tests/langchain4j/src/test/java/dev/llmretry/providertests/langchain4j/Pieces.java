package dev.llmretry.providertests.langchain4j;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Spliterators;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Makes a stream of what a handler is told. */
final class Pieces implements StreamingChatResponseHandler, Iterator<String> {

  private static final Object END = new Object();

  private final BlockingQueue<Object> told = new LinkedBlockingQueue<>();
  private Object next;

  Stream<String> stream() {
    return StreamSupport.stream(Spliterators.spliteratorUnknownSize(this, 0), false);
  }

  @Override
  public void onPartialResponse(String piece) {
    if (!piece.isEmpty()) {
      told.add(piece);
    }
  }

  @Override
  public void onCompleteResponse(ChatResponse response) {
    told.add(END);
  }

  @Override
  public void onError(Throwable error) {
    told.add(error);
  }

  @Override
  public boolean hasNext() {
    try {
      next = next == null ? told.take() : next;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    if (next instanceof RuntimeException error) {
      throw error;
    }
    return next != END;
  }

  @Override
  public String next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    String piece = (String) next;
    next = null;
    return piece;
  }
}
