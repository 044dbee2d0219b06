package dev.llmretry.benchmarks.peers;

import java.io.IOException;

/** Looks behind what libraries wrap around a client's exception. */
final class Causes {

  private Causes() {}

  /** Returns the client's exception; throws {@code wrapper} on if it wraps none. */
  static IOException ioException(Exception wrapper) {
    return asDeclared(wrapper.getCause());
  }

  /** Returns what a library that admits any exception threw, which is what the client declares. */
  static IOException asDeclared(Throwable error) {
    if (error instanceof IOException declared) {
      return declared;
    }
    if (error instanceof RuntimeException unchecked) {
      throw unchecked;
    }
    throw new IllegalStateException(error);
  }
}
