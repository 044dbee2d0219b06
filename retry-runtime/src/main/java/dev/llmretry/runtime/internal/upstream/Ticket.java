package dev.llmretry.runtime.internal.upstream;

/** An attempt that an upstream has admitted; compared by identity. */
public final class Ticket {

  /** The time at which it began. */
  final long begunAt;

  /** How often the gate had closed before. */
  final int closings;

  /** Whether it was the first since then. */
  final boolean isFirst;

  Ticket(long begunAt, int closings, boolean isFirst) {
    this.begunAt = begunAt;
    this.closings = closings;
    this.isFirst = isFirst;
  }
}
