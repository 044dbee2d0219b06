package dev.llmretry.processor.model;

/** The kinds of return types. Each kind needs generated code of its own. */
public enum ReturnFamily {
  /** A plain value, or {@code void}. */
  VALUE,
  /** A future or completion stage. */
  FUTURE,
  /** A publisher of reactive streams, or a type of a reactive library. */
  PUBLISHER,
  /** A stream that the caller pulls, an iterator, or a handle of one. */
  STREAM
}
