package dev.llmretry.examples;

import dev.llmretry.examples.client.ChatChunk;
import dev.llmretry.runtime.RetryListener;

/** Sees what becomes of a call: what the retries tell, and what the caller gets meanwhile. */
interface Spectator extends RetryListener {

  /** The caller has been handed a piece of an answer. */
  default void onChunk(ChatChunk chunk) {}

  /** The caller gets an error when the retries are over, in the middle of an answer. */
  default void onThrown(Throwable error) {}

  /** Something else has happened at the caller's. */
  default void onNote(String note) {}
}
