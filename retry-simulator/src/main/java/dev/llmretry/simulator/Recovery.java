package dev.llmretry.simulator;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** What an incident does to calls, and how long after it things are as before. */
final class Recovery {

  private static final double ANSWERED_SHARE = 0.95;
  private static final int WINDOW_SECONDS = 10;
  private static final double MORE_THAN_BEFORE = 1.2;

  private final List<Incident> incidents;

  Recovery(List<Incident> incidents) {
    this.incidents = incidents;
  }

  private double start() {
    return incidents.stream().mapToDouble(Incident::start).min().orElse(Double.NaN);
  }

  private double end() {
    return incidents.stream().mapToDouble(Incident::end).max().orElse(Double.NaN);
  }

  /** Returns when calls that begin are answered again; see {@link Metric#RECOVERY}. */
  double ofAnswers(List<Recorder.Call> calls) {
    if (incidents.isEmpty()) {
      return Double.NaN;
    }
    int end = (int) Math.ceil(end());
    int last = (int) calls.stream().mapToDouble(Recorder.Call::began).max().orElse(0);
    if (last < end) {
      return Double.NaN;
    }
    int[] begun = new int[last + 1];
    int[] answered = new int[last + 1];
    for (Recorder.Call call : calls) {
      begun[(int) call.began()]++;
      answered[(int) call.began()] += call.isAnswered() ? 1 : 0;
    }
    int recovered = end;
    for (int second = end; second <= last; second++) {
      if (!isAnswered(begun, answered, second)) {
        recovered = second + 1;
      }
    }
    return recovered > last ? Double.POSITIVE_INFINITY : recovered - end();
  }

  private static boolean isAnswered(int[] begun, int[] answered, int from) {
    int all = 0;
    int ofThem = 0;
    for (int second = from; second < Math.min(from + WINDOW_SECONDS, begun.length); second++) {
      all += begun[second];
      ofThem += answered[second];
    }
    return ofThem >= ANSWERED_SHARE * all;
  }

  /** Returns the requests per second while it was down; see {@link Metric#REQUESTS_WHILE_DOWN}. */
  double ofRequests(TimeSeries requests) {
    return incidents.stream()
        .filter(Incident::isDown)
        .max(Comparator.comparingDouble(Incident::end))
        .map(
            incident ->
                IntStream.range(
                        (int) (incident.start() + incident.duration() / 2),
                        (int) Math.ceil(incident.end()))
                    .filter(second -> second < requests.length())
                    .mapToDouble(requests::get)
                    .average()
                    .orElse(Double.NaN))
        .orElse(Double.NaN);
  }

  /** Returns when no more calls are in progress than before; see {@link Metric#BACKLOG}. */
  double ofBacklog(double[] inProgress) {
    if (incidents.isEmpty() || start() < 1 || inProgress.length <= end()) {
      return Double.NaN;
    }
    double before = 0;
    for (int second = 0; second < (int) start(); second++) {
      before = Math.max(before, inProgress[second]);
    }
    for (int second = (int) end(); second < inProgress.length; second++) {
      if (inProgress[second] <= MORE_THAN_BEFORE * before) {
        return Math.max(0, second - end());
      }
    }
    return Double.POSITIVE_INFINITY;
  }
}
