package dev.llmretry.benchmarks.compiletime;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Tells how long javac takes over many annotated types, with our processor and with AutoValue's:
 * over the types alone, over the types and what the processor makes of them as sources, and with
 * the processor. Each round compiles all of these, one after the other.
 *
 * <pre>{@code
 * java -cp benchmarks/target/benchmarks.jar dev.llmretry.benchmarks.compiletime.CompileTime [rounds]
 * }</pre>
 *
 * <p>It takes about ten minutes for the seven rounds that it makes unless told.
 */
public final class CompileTime {

  static final List<Integer> SIZES = List.of(100, 1_000, 5_000);
  static final int MAIN_SIZE = 1_000;

  private static final int WARM_UP_ROUNDS = 3;
  private static final int ROUNDS = 7;

  private static final OperatingSystemMXBean JVM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private final Processors processors = new Processors();
  private final Times times = new Times();

  private CompileTime() throws IOException {}

  public static void main(String... args) throws IOException, InterruptedException {
    int rounds = args.length == 0 ? ROUNDS : Integer.parseInt(args[0]);
    CompileTime measured = new CompileTime();
    for (int size : SIZES) {
      measured.measure(size, rounds);
    }
    CompileTimeTable.of(measured.times).save("compile-time");
  }

  private void measure(int size, int rounds) throws IOException, InterruptedException {
    List<Project> projects = new ArrayList<>();
    try {
      for (Workload workload : Workload.values()) {
        projects.add(new Project(workload, size, processors));
      }
      for (int round = 1 - WARM_UP_ROUNDS; round <= rounds; round++) {
        System.err.printf("%,d types, round %d of %d%n", size, round, rounds);
        for (Way way : Way.values()) {
          for (Project project : projects) {
            long nanos = compile(project, way);
            if (round > 0) {
              times.add(new Times.Key(project.workload(), way, size, false), nanos);
            }
            if (round > 0 && size == MAIN_SIZE) {
              times.add(
                  new Times.Key(project.workload(), way, size, true),
                  compileInNewJvm(project, way));
            }
          }
        }
      }
    } finally {
      for (Project project : projects) {
        project.close();
      }
    }
  }

  /** Returns the processor time, which does not grow when other programs want the processors. */
  private long compile(Project project, Way way) throws IOException {
    Path output = project.newOutput();
    System.gc();
    long begin = JVM.getProcessCpuTime();
    Javac.run(
        project.sources(way),
        output,
        way == Way.PROCESSED ? processors.of(project.workload()) : List.of());
    long nanos = JVM.getProcessCpuTime() - begin;
    Sources.delete(output);
    return nanos;
  }

  private static long compileInNewJvm(Project project, Way way)
      throws IOException, InterruptedException {
    Path output = project.newOutput();
    long begin = System.nanoTime();
    Javac.fork(
        project.sources(way), output, way == Way.PROCESSED ? project.workload().processor() : "");
    long nanos = System.nanoTime() - begin;
    Sources.delete(output);
    return nanos;
  }
}
