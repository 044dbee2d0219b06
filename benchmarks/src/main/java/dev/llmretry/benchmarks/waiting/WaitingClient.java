package dev.llmretry.benchmarks.waiting;

import java.util.concurrent.CompletionStage;

/** What all that waits looks like to its caller. */
interface WaitingClient {

  CompletionStage<String> complete(Question question);
}
