package dev.llmretry.runtime.internal.upstream;

/**
 * An attempt that an upstream has admitted.
 *
 * @param begunAt the time at which it began
 * @param closings how often the gate had closed before
 * @param isFirst whether it was the first since then
 */
public record Ticket(long begunAt, int closings, boolean isFirst) {}
