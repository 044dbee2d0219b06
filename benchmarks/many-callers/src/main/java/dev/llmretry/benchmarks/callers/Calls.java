package dev.llmretry.benchmarks.callers;

import dev.llmretry.benchmarks.callers.policies.Chat;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;

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

  private synchronized void count(Exception error) {
    errors.merge(error.getClass().getSimpleName(), 1, Integer::sum);
  }

  int answered() {
    return seconds.size();
  }

  /** Returns the time in which a share of the answers arrived, from the beginning of the call. */
  double secondsOfAnswer(double share) {
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
