package dev.llmretry.benchmarks.callers;

import dev.llmretry.benchmarks.callers.policies.Chat;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/** Makes calls, and counts how they end. Safe for use by several threads. */
final class Calls {

  private final Chat chat;
  private final Queue<Double> seconds = new ConcurrentLinkedQueue<>();
  private final Map<String, Integer> errors = new TreeMap<>();

  Calls(Chat chat) {
    this.chat = chat;
  }

  /** Makes one, and returns whether it was answered. */
  boolean make() {
    long start = System.nanoTime();
    try {
      chat.ask();
      seconds.add((System.nanoTime() - start) / 1e9);
      return true;
    } catch (Exception e) {
      count(e);
      return false;
    }
  }

  /**
   * Makes calls at a constant rate, each by a thread of its own, and waits for their ends.
   *
   * @param perSecond how many begin in each second
   * @param seconds for how long
   * @param call makes one; receives the second in which it begins
   */
  void makeAtRate(int perSecond, int seconds, IntConsumer call) throws InterruptedException {
    long start = System.nanoTime();
    ExecutorService threads = Executors.newCachedThreadPool();
    for (int i = 0; i < seconds * perSecond; i++) {
      int second = i / perSecond;
      TimeUnit.NANOSECONDS.sleep(start + i * 1_000_000_000L / perSecond - System.nanoTime());
      threads.execute(() -> call.accept(second));
    }
    threads.shutdown();
    boolean ended = threads.awaitTermination(1, TimeUnit.HOURS);
    if (!ended) {
      throw new IllegalStateException("Some calls have not ended");
    }
  }

  private synchronized void count(Exception error) {
    errors.merge(error.getClass().getSimpleName(), 1, Integer::sum);
  }

  int answered() {
    return seconds.size();
  }

  /** Returns {@link Measure#MEDIAN_ANSWER}, from the beginning of the call. */
  double secondsOfMedianAnswer() {
    return secondsOfAnswer(0.5);
  }

  /** Returns {@link Measure#SLOW_ANSWER}, from the beginning of the call. */
  double secondsOfSlowAnswer() {
    return secondsOfAnswer(0.99);
  }

  private double secondsOfAnswer(double share) {
    double[] sorted = seconds.stream().mapToDouble(time -> time).sorted().toArray();
    return sorted.length == 0
        ? Double.POSITIVE_INFINITY
        : sorted[(int) Math.ceil(share * sorted.length) - 1];
  }

  /** Returns the errors of the others, by class. */
  synchronized Map<String, Integer> errors() {
    return new TreeMap<>(errors);
  }
}
