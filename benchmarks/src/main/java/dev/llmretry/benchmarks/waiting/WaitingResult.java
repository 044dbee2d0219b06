package dev.llmretry.benchmarks.waiting;

/**
 * What was measured of a way of waiting.
 *
 * @param heap what {@link HeapProbe} says
 * @param punctuality what {@link PunctualityProbe} says
 */
record WaitingResult(WaitingWay way, int calls, Finding heap, Finding punctuality) {}
