package dev.llmretry.simulator;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The result of one simulation. Immutable. */
public final class SimulationRun {

  private final long seed;
  private final int calls;
  private final int answered;
  private final long requests;
  private final Map<Metric, Double> metrics = new EnumMap<>(Metric.class);
  private final Map<String, Integer> errors;
  private final List<TimeSeries> series;

  SimulationRun(
      Scenario scenario,
      Strategy strategy,
      long seed,
      Recorder recorder,
      double end,
      double ideal) {
    this.seed = seed;
    List<Recorder.Call> begun = recorder.calls();
    double[] times =
        begun.stream()
            .filter(Recorder.Call::isAnswered)
            .mapToDouble(call -> call.answered() - call.began())
            .sorted()
            .toArray();
    calls = begun.size();
    answered = times.length;
    requests = recorder.requestsOfCalls();
    errors = Map.copyOf(recorder.errors());
    series = recorder.series();
    metrics.put(Metric.ANSWERED, 100.0 * answered / calls);
    metrics.put(Metric.REQUESTS_PER_ANSWER, (double) requests / answered);
    metrics.put(Metric.REQUESTS_PER_CALL, (double) requests / calls);
    metrics.put(Metric.END_TO_IDEAL, end / ideal);
    Recovery recovery = new Recovery(scenario.provider().incidents());
    metrics.put(Metric.RECOVERY, recovery.ofAnswers(begun));
    metrics.put(Metric.BACKLOG, recovery.ofBacklog(inProgress()));
    metrics.put(
        Metric.REQUESTS_WHILE_DOWN, recovery.ofRequests(series("requests to the first provider")));
    metrics.put(Metric.MEDIAN_TIME, quantile(times, 0.5));
    metrics.put(Metric.P90_TIME, quantile(times, 0.9));
    metrics.put(Metric.P99_TIME, quantile(times, 0.99));
    metrics.put(Metric.LONGEST_TIME, quantile(times, 1));
  }

  private double[] inProgress() {
    TimeSeries inFlight = series("in flight");
    TimeSeries waiting = series("waiting");
    double[] sum = new double[inFlight.length()];
    Arrays.setAll(sum, second -> inFlight.get(second) + waiting.get(second));
    return sum;
  }

  private static double quantile(double[] sorted, double share) {
    return sorted.length == 0
        ? Double.NaN
        : sorted[(int) Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
  }

  /** {@return the seed of its random numbers} */
  public long seed() {
    return seed;
  }

  /** {@return the number of calls} */
  public int calls() {
    return calls;
  }

  /** {@return the number of calls that were answered} */
  public int answered() {
    return answered;
  }

  /** {@return the number of requests that the provider received} */
  public long requests() {
    return requests;
  }

  /**
   * {@return a figure}
   *
   * @param metric which
   */
  public double get(Metric metric) {
    return metrics.getOrDefault(metric, Double.NaN);
  }

  /**
   * {@return how many calls ended with which error: an HTTP status, or the name of an exception}
   */
  public Map<String, Integer> errors() {
    return errors;
  }

  /**
   * {@return figures over time: {@code requests}, {@code requests to the first provider}, {@code
   * answered}, {@code refused} and {@code failed} in each second, and {@code in flight} and {@code
   * waiting} at its end}
   */
  public List<TimeSeries> series() {
    return series;
  }

  /**
   * {@return a figure over time}
   *
   * @param name its name
   * @throws IllegalArgumentException if there is none of this name
   */
  public TimeSeries series(String name) {
    return series.stream()
        .filter(one -> one.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("There is no series " + name));
  }
}
