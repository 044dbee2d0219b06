package dev.llmretry.benchmarks.waiting;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Has many calls wait at once, in their first back-off or at a gate, in all ways of waiting, and
 * prints tables of what they need and how punctual they are.
 *
 * <pre>{@code
 * java -cp benchmarks/target/benchmarks.jar dev.llmretry.benchmarks.waiting.Waiting [calls ...]
 * }</pre>
 *
 * <p>It takes about five minutes for each number of calls; unless told, 200,000 and 1,000,000. Each
 * measurement has a JVM to itself, of the JDK that runs this, with 4 GB of memory, or 8 GB for a
 * million calls.
 */
public final class Waiting {

  private Waiting() {}

  public static void main(String... args) throws IOException, InterruptedException {
    int[] sizes =
        args.length == 0
            ? new int[] {200_000, 1_000_000}
            : Stream.of(args).mapToInt(Integer::parseInt).toArray();
    List<WaitingResult> results = new ArrayList<>();
    for (int calls : sizes) {
      for (WaitingWay way : WaitingWay.values()) {
        System.err.printf("%,d calls: %s%n", calls, way.text());
        results.add(
            new WaitingResult(
                way,
                calls,
                Probe.heap(way, calls).run(),
                way.isAtGate() ? Finding.NONE : Probe.punctuality(way, calls).run()));
      }
    }
    WaitingTable.of(results).save(args.length == 0 ? "waiting" : "waiting-partial");
  }
}
