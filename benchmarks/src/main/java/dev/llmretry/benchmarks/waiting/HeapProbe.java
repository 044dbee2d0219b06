package dev.llmretry.benchmarks.waiting;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/**
 * Tells what many calls need while they wait: the difference that they make to the used heap, and
 * to the number of threads. Runs in a JVM of its own, which {@link Waiting} starts; it needs a
 * collector that leaves no garbage, and no thread-local buffers, since half of one counts as used.
 */
public final class HeapProbe {

  private static final int WARM_UP = 2_000;
  private static final int COLLECTIONS = 4;
  private static final long SETTLE_MS = 500;

  private final Threads threads = new Threads();
  private final boolean makesAttempts;
  private final FailingOnce delegate;
  private final WaitingClient client;
  private long attempts;

  private HeapProbe(WaitingWay way) {
    makesAttempts = !way.isAtGate();
    delegate = new FailingOnce(way.error());
    client = way.around(delegate, Wait.LONG);
  }

  /**
   * Measures, and prints properties.
   *
   * @param args the name of a {@link WaitingWay}, and how many calls
   */
  public static void main(String... args) throws InterruptedException {
    new HeapProbe(WaitingWay.valueOf(args[0])).measure(Integer.parseInt(args[1]));
    System.exit(0);
  }

  private void measure(int calls) throws InterruptedException {
    List<Question> questions = Stream.generate(Question::new).limit(calls + WARM_UP).toList();
    List<CompletionStage<String>> stages = new ArrayList<>(calls + WARM_UP);
    ask(questions.subList(0, WARM_UP), stages);
    long before = usedHeap();
    ask(questions.subList(WARM_UP, WARM_UP + calls), stages);
    long during = usedHeap();
    Probe.say("bytes", (double) (during - before) / calls);
    Probe.say("threads", threads.more());
    if (questions.stream().anyMatch(Question::isAskedAgain)
        || stages.stream().anyMatch(stage -> stage.toCompletableFuture().isDone())) {
      throw new IllegalStateException("A call did not wait");
    }
  }

  /** Asks, and sees that all first attempts have been made. */
  private void ask(List<Question> questions, List<CompletionStage<String>> stages)
      throws InterruptedException {
    for (Question question : questions) {
      stages.add(client.complete(question));
    }
    attempts += makesAttempts ? questions.size() : 0;
    do {
      Thread.sleep(SETTLE_MS);
    } while (delegate.attempts() < attempts);
  }

  private static long usedHeap() {
    long least = Long.MAX_VALUE;
    Runtime jvm = Runtime.getRuntime();
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
      least = Math.min(least, jvm.totalMemory() - jvm.freeMemory());
    }
    return least;
  }
}
