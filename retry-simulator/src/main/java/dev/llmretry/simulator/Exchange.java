package dev.llmretry.simulator;

import dev.llmretry.testing.internal.EventQueue;
import org.jspecify.annotations.Nullable;

/** A request in flight. */
abstract class Exchange {

  final Request request;

  /** The end of the work on it, once a worker has begun; or its failure. */
  EventQueue.@Nullable Event response;

  /** Whether a worker works on it. */
  boolean hasWorker;

  /** Whether the client has a response, or no longer waits for one. */
  boolean closed;

  Exchange(Request request) {
    this.request = request;
  }

  /** The provider's response has arrived. */
  abstract void onAnswer();

  /** The provider's refusal has arrived, or the connection was lost. */
  abstract void onFailure(Exception failure);
}
