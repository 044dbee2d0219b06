package dev.llmretry.simulator;

/**
 * What a call asks; all of its attempts ask the same.
 *
 * @param call the number of the call, from 0
 * @param tokens the tokens that count against limits
 * @param broken whether the method fails for a reason of its own
 */
record Request(int call, double tokens, boolean broken) {}
