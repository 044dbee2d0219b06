package dev.llmretry.benchmarks.waiting;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Tells how late the second attempts of many calls are. The calls begin one after the other at an
 * even pace, all of them before the first wait is over, and so fall due at that pace. Runs in a JVM
 * of its own, which {@link Waiting} starts.
 */
public final class PunctualityProbe {

  /** What is not done by then is not waited for. */
  static final long LIMIT_SECONDS = 60;

  private static final long SPREAD_NANOS = TimeUnit.SECONDS.toNanos(10);

  /** One call for so many that are counted. */
  private static final int WARM_UP = 10;

  private final Threads threads = new Threads();
  private final WaitingClient client;
  private final int calls;
  private final List<Question> questions;
  private final List<CompletableFuture<String>> answers;
  private final long begin = System.nanoTime();

  private PunctualityProbe(WaitingWay way, int calls) {
    client = way.around(new FailingOnce(way.error()), Wait.SHORT);
    this.calls = calls;
    int all = calls + calls / WARM_UP;
    questions = Stream.generate(Question::new).limit(all).toList();
    answers = new ArrayList<>(all);
  }

  /**
   * Measures, and prints properties.
   *
   * @param args the name of a {@link WaitingWay}, and how many calls
   */
  public static void main(String... args) throws InterruptedException {
    var probe = new PunctualityProbe(WaitingWay.valueOf(args[0]), Integer.parseInt(args[1]));
    probe.ask();
    probe.await();
    probe.print();
    System.exit(0);
  }

  private void ask() {
    double pace = (double) SPREAD_NANOS / calls;
    long first = System.nanoTime();
    for (int i = 0; i < questions.size() && isInTime(); i++) {
      long due = first + (long) (i * pace);
      for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
      answers.add(client.complete(questions.get(i)).toCompletableFuture());
    }
  }

  private void await() throws InterruptedException {
    for (CompletableFuture<String> answer : answers) {
      while (!answer.isDone() && isInTime()) {
        Thread.sleep(1);
      }
    }
  }

  private boolean isInTime() {
    return System.nanoTime() - begin < TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
  }

  private void print() {
    List<Question> counted = new ArrayList<>(calls);
    for (int i = calls / WARM_UP; i < answers.size(); i++) {
      CompletableFuture<String> answer = answers.get(i);
      if (answer.isDone() && !answer.isCompletedExceptionally()) {
        counted.add(questions.get(i));
      }
    }
    Probe.say("completed", counted.size());
    Probe.say("started", threads.started());
    double[] late = counted.stream().mapToDouble(PunctualityProbe::lateMillis).sorted().toArray();
    if (late.length > 0) {
      Probe.say("median", late[late.length / 2]);
      Probe.say("most", late[(int) (late.length * 0.99)]);
      Probe.say("max", late[late.length - 1]);
    }
  }

  private static double lateMillis(Question question) {
    return question.gapNanos() / 1e6 - Wait.SHORT.millis();
  }
}
