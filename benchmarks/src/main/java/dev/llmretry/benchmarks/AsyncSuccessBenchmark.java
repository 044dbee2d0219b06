package dev.llmretry.benchmarks;

import java.util.concurrent.CompletableFuture;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** The first attempt of a call that returns a future succeeds. */
public class AsyncSuccessBenchmark extends CallBenchmark {

  @Param({"INLINED", "APART"})
  public Setting setting;

  @Param public AsyncClient client;

  private final AsyncProvider.Ready ready = new AsyncProvider.Ready();
  private final AsyncProvider.Pending pending = new AsyncProvider.Pending();
  private final String prompt = "Are you there?";
  private AsyncChatClient ofReady;
  private AsyncChatClient ofPending;

  /** Makes what is measured. */
  @Setup
  public void setUp() {
    ofReady = setting.around(ready, client);
    ofPending = setting.around(pending, client);
  }

  /** The delegate's future is complete already. */
  @Benchmark
  public CompletableFuture<String> complete() {
    return ofReady.complete(prompt);
  }

  /** The delegate's future is completed after it has been returned. */
  @Benchmark
  public CompletableFuture<String> pending() {
    CompletableFuture<String> answer = ofPending.complete(prompt);
    pending.say("Yes.");
    return answer;
  }
}
