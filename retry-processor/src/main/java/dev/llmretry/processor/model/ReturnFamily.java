package dev.llmretry.processor.model;

/** What kind of thing a method returns, as far as a retry has to treat it in its own way. */
public enum ReturnFamily {
  /** A value that is there when the method returns, or nothing. */
  VALUE,
  /** A future or completion stage. */
  FUTURE,
  /** A publisher of reactive streams, or a type of a reactive library. */
  PUBLISHER,
  /** A stream, iterator, or a handle of one. */
  STREAM
}
