package dev.llmretry.simulator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/** Counts what happens in a simulation. */
final class Recorder {

  private final EventClock clock;
  private final double[] began;
  private final double[] answered;
  private final boolean[] broken;
  private final Map<String, Integer> errors = new TreeMap<>();
  private final List<Gauge> gauges = new ArrayList<>();
  private int unfinished;
  private int open;
  private int inFlight;
  private long requests;
  private long requestsOfBroken;
  private long requestsToFirst;
  private long answers;
  private long refusals;
  private long failures;
  private double tokens;

  Recorder(EventClock clock, int calls) {
    this.clock = clock;
    began = new double[calls];
    answered = new double[calls];
    broken = new boolean[calls];
    Arrays.fill(began, Double.NaN);
    Arrays.fill(answered, Double.NaN);
    unfinished = calls;
    counter("requests", () -> requests);
    counter("requests to the first provider", () -> requestsToFirst);
    counter("answered", () -> answers);
    counter("refused", () -> refusals);
    counter("failed", () -> failures);
    gauge("in flight", () -> inFlight);
    gauge("waiting", () -> open - inFlight);
  }

  /** Adds a series of the current values of {@code value}. */
  void gauge(String name, DoubleSupplier value) {
    gauges.add(new Gauge(name, value, new DoubleList()));
  }

  /** Adds a series of the growth of {@code total} in each second. */
  private void counter(String name, DoubleSupplier total) {
    gauge(
        name,
        new DoubleSupplier() {
          private double previous;

          @Override
          public double getAsDouble() {
            double current = total.getAsDouble();
            double growth = current - previous;
            previous = current;
            return growth;
          }
        });
  }

  /** Records the series; called once in each second. */
  void sample() {
    for (Gauge gauge : gauges) {
      gauge.values().add(gauge.current().getAsDouble());
    }
  }

  boolean isFinished() {
    return unfinished == 0;
  }

  void onCallBegan(Request request) {
    open++;
    began[request.call()] = clock.seconds();
    broken[request.call()] = request.broken();
    tokens += request.tokens();
  }

  /** A call has ended; {@code error} is null if it was answered. */
  void onCallEnded(Request request, @Nullable Throwable error) {
    open--;
    unfinished--;
    if (error == null) {
      answered[request.call()] = clock.seconds();
    } else if (!request.broken()) {
      errors.merge(label(error), 1, Integer::sum);
    }
  }

  private static String label(Throwable error) {
    return error instanceof ProviderException http
        ? "HTTP " + http.statusCode()
        : error.getClass().getSimpleName();
  }

  /** A request arrives at the provider with this position in the order of preference. */
  void onRequest(Request request, int provider) {
    inFlight++;
    requests++;
    if (provider == 0) {
      requestsToFirst++;
    }
    if (request.broken()) {
      requestsOfBroken++;
    }
  }

  void onAnswer() {
    inFlight--;
    answers++;
  }

  void onFailure(Exception failure) {
    inFlight--;
    if (failure instanceof ProviderException http && http.statusCode() == 429) {
      refusals++;
    } else {
      failures++;
    }
  }

  void onAbandoned() {
    inFlight--;
    failures++;
  }

  /** The calls that results count, in the order in which they began. */
  List<Call> calls() {
    List<Call> calls = new ArrayList<>(began.length);
    for (int i = 0; i < began.length; i++) {
      if (!broken[i] && !Double.isNaN(began[i])) {
        calls.add(new Call(began[i], answered[i]));
      }
    }
    return calls;
  }

  long requestsOfCalls() {
    return requests - requestsOfBroken;
  }

  double tokens() {
    return tokens;
  }

  Map<String, Integer> errors() {
    return errors;
  }

  List<TimeSeries> series() {
    return gauges.stream()
        .map(gauge -> new TimeSeries(gauge.name(), gauge.values().toArray()))
        .toList();
  }

  private record Gauge(String name, DoubleSupplier current, DoubleList values) {}

  /**
   * A call.
   *
   * @param began when it began, in seconds
   * @param answered when it was answered; NaN if it failed
   */
  record Call(double began, double answered) {

    boolean isAnswered() {
      return !Double.isNaN(answered);
    }
  }
}
