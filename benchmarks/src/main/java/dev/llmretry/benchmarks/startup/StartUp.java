package dev.llmretry.benchmarks.startup;

import dev.llmretry.benchmarks.Measurement;
import dev.llmretry.benchmarks.Numbers;
import dev.llmretry.benchmarks.Spread;
import dev.llmretry.benchmarks.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Tells how many classes a JVM has loaded, and how much time has gone by since it was asked for,
 * when the first call through a client has returned. Each round starts one JVM of each kind.
 *
 * <pre>{@code
 * java -cp benchmarks/target/benchmarks.jar dev.llmretry.benchmarks.startup.StartUp [rounds]
 * }</pre>
 *
 * <p>It takes about three minutes for the 20 rounds that it makes unless told.
 */
public final class StartUp {

  private static final int ROUNDS = 20;

  private StartUp() {}

  public static void main(String... args) throws IOException, InterruptedException {
    int rounds = args.length == 0 ? ROUNDS : Integer.parseInt(args[0]);
    Map<StartWay, List<Double>> millis = new EnumMap<>(StartWay.class);
    for (int round = 0; round <= rounds; round++) {
      System.err.printf("Round %d of %d%n", round, rounds);
      for (StartWay way : StartWay.values()) {
        double time = FirstCallJvm.millis(way);
        if (round > 0) { // the files are in memory now
          millis.computeIfAbsent(way, unused -> new ArrayList<>()).add(time);
        }
      }
    }
    measurement(millis).save("start-up");
  }

  private static Measurement measurement(Map<StartWay, List<Double>> millis)
      throws IOException, InterruptedException {
    long baseClasses = FirstCallJvm.classes(StartWay.HAND_WRITTEN);
    Table table = new Table("", "classes", "more than by hand", "ms, least", "ms, median", "more");
    double baseMillis = spread(millis.get(StartWay.HAND_WRITTEN)).median();
    for (StartWay way : StartWay.values()) {
      Spread times = spread(millis.get(way));
      long classes = FirstCallJvm.classes(way);
      table.addRow(
          way.text(),
          classes,
          classes - baseClasses,
          Numbers.whole(times.least()),
          Numbers.whole(times.median()),
          Numbers.whole(times.median() - baseMillis));
    }
    return new Measurement(Measurement.machine() + "\n" + table, List.of());
  }

  private static Spread spread(List<Double> times) {
    return Spread.of(times.stream().mapToDouble(time -> time));
  }
}
