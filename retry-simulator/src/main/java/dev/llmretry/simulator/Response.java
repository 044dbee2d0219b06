package dev.llmretry.simulator;

/** The provider's answer; what it says does not matter here. */
enum Response {
  ANSWER
}
