package dev.llmretry.processor.model;

/** How a parameter affects retries. */
public enum ParameterRole {
  /** Each attempt receives the same argument. */
  PLAIN,
  /** A cancellation token. */
  TOKEN,
  /** The attempt that the wrapper passes. */
  ATTEMPT,
  /** The first attempt may consume it. */
  ONE_SHOT,
  /** The delegate passes elements to it as they arrive. */
  CALLBACK,
  /** The implicit last parameter of a Kotlin suspend function. */
  CONTINUATION
}
