package dev.llmretry.examples.client;

/** Who contributes a message. */
public enum Role {
  /** Whoever wrote the application. */
  SYSTEM,
  /** Whoever uses it. */
  USER,
  /** The model. */
  ASSISTANT,
  /** A tool that the model had called. */
  TOOL
}
