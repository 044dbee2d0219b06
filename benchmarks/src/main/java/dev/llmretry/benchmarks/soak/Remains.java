package dev.llmretry.benchmarks.soak;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * What exists of the project while no call is made: live objects of our classes, and threads.
 *
 * @param objects how many of each class
 * @param threads the names of the threads, without those of the JVM's own pools
 */
record Remains(Map<String, Long> objects, List<String> threads) {

  /** How many objects of a class may be made once, when they are first needed. */
  private static final long CONSTANTS = 10;

  private static final int SETTLING_SECONDS = 10;

  /** {@code 12: 345 6789 dev.llmretry.Some$Class}, perhaps with a module. */
  private static final Pattern ROW =
      Pattern.compile(
          "^ *\\d+: +(\\d+) +\\d+ +((?:\\[L)?dev\\.llmretry\\.\\S+)", Pattern.MULTILINE);

  /** Counts, after a full collection. */
  static Remains now() throws JMException {
    String histogram =
        (String)
            ManagementFactory.getPlatformMBeanServer()
                .invoke(
                    new ObjectName("com.sun.management:type=DiagnosticCommand"),
                    "gcClassHistogram",
                    new Object[] {new String[0]},
                    new String[] {String[].class.getName()});
    Map<String, Long> objects = new TreeMap<>();
    Matcher row = ROW.matcher(histogram);
    while (row.find()) {
      objects.merge(row.group(2), Long.valueOf(row.group(1)), Long::sum);
    }
    List<String> threads =
        Thread.getAllStackTraces().keySet().stream()
            .map(Thread::getName)
            .filter(name -> !name.startsWith("ForkJoinPool") && !name.startsWith("VirtualThread"))
            .sorted()
            .toList();
    return new Remains(objects, threads);
  }

  /**
   * Counts until there is no more than before, or for some seconds: a thread takes time to end.
   *
   * @param use uses the runtime, which then drops what it keeps of objects that were collected
   */
  static Remains settled(Remains before, Callable<?> use) throws Exception {
    Remains now = now();
    for (int i = 0; i < SETTLING_SECONDS && !now.since(before).isEmpty(); i++) {
      TimeUnit.SECONDS.sleep(1);
      use.call();
      now = now();
    }
    return now;
  }

  /** Returns what there is more than before. */
  List<String> since(Remains before) {
    List<String> more = new ArrayList<>();
    objects.forEach(
        (type, count) -> {
          long growth = count - before.objects.getOrDefault(type, 0L);
          if (growth > CONSTANTS) {
            more.add(String.format("%,d more of %s", growth, type));
          }
        });
    if (threads.size() > before.threads.size()) {
      more.add("threads " + threads + ", before " + before.threads);
    }
    return more;
  }

  long count() {
    return objects.values().stream().mapToLong(Long::longValue).sum();
  }
}
