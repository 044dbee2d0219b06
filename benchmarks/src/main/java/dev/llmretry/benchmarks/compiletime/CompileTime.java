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
 * the processor. Each round compiles all of these, in all sizes, one after the other.
 *
 * <pre>{@code
 * java -cp benchmarks/target/benchmarks.jar dev.llmretry.benchmarks.compiletime.CompileTime [rounds]
 * }</pre>
 *
 * <p>It takes about 15 minutes for the seven rounds that it makes unless told.
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
    measured.measure(rounds);
    CompileTimeTable.of(measured.times).save("compile-time");
  }

  private void measure(int rounds) throws IOException, InterruptedException {
    List<Project> projects = new ArrayList<>();
    try {
      for (int size : SIZES) {
        for (Workload workload : Workload.values()) {
          projects.add(new Project(workload, size, processors));
        }
      }
      for (int round = 1 - WARM_UP_ROUNDS; round <= rounds; round++) {
        System.err.printf("Round %d of %d%n", round, rounds);
        for (Project project : projects) {
          for (Way way : Way.values()) {
            long nanos = compile(project, way);
            if (round > 0) {
              add(project, way, nanos);
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

  private void add(Project project, Way way, long nanos) throws IOException, InterruptedException {
    times.add(new Times.Key(project.workload(), way, project.size(), false), nanos);
    if (project.size() == MAIN_SIZE) {
      times.add(
          new Times.Key(project.workload(), way, MAIN_SIZE, true), compileInNewJvm(project, way));
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
