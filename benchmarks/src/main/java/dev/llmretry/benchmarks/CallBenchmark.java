package dev.llmretry.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One call of a client in a {@link Setting}. Each pair has a JVM to itself. Iterations are long, as
 * the processor time that the JVM tells grows in steps of 10 ms.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
    value = CallBenchmark.FORKS,
    jvmArgsAppend = {"-Xms512m", "-Xmx512m", "-Xmn384m", "-XX:+UseSerialGC"})
@Warmup(iterations = 3, time = 250, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public abstract class CallBenchmark {

  static final int FORKS = 3;

  CallBenchmark() {}
}
