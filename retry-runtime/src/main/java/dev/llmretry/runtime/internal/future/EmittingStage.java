package dev.llmretry.runtime.internal.future;

import java.util.concurrent.CompletionStage;

/** The stage of an attempt that emits elements to a callback before it completes. */
public interface EmittingStage {

  /** Returns whether elements have been emitted, and prevents further ones. */
  boolean hasEmitted();

  /** Returns the stage that the attempt itself returned. */
  CompletionStage<?> source();
}
