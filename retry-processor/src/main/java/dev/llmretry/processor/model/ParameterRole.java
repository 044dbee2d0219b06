package dev.llmretry.processor.model;

/** What a parameter means for a retry. */
public enum ParameterRole {
  /** It is passed on to each attempt. */
  PLAIN,
  /** A cancellation token. */
  TOKEN,
  /** Something that the first attempt may use up. */
  ONE_SHOT,
  /** Something through which the delegate hands over elements as they arrive. */
  CALLBACK,
  /** The hidden last parameter of a Kotlin suspend function. */
  CONTINUATION
}
