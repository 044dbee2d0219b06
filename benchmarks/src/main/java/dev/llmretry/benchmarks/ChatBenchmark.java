package dev.llmretry.benchmarks;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One call of a {@link Client} in a {@link Setting}. Each pair has a JVM to itself. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
    value = ChatBenchmark.FORKS,
    jvmArgsAppend = {"-Xms512m", "-Xmx512m", "-Xmn384m", "-XX:+UseSerialGC"})
@Warmup(iterations = 3, time = 250, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 6, time = 100, timeUnit = TimeUnit.MILLISECONDS)
public abstract class ChatBenchmark {

  static final int FORKS = 3;

  @Param public Setting setting;

  private final Provider provider;
  private final String prompt = "Are you there?";
  private ChatClient target;

  ChatBenchmark(Provider provider) {
    this.provider = provider;
  }

  /** Returns what to measure: a parameter, whose default values differ. */
  abstract Client client();

  /** Makes what is measured. */
  @Setup
  public void setUp() {
    target = setting.around(provider, client());
  }

  String complete() throws IOException {
    return target.complete(prompt);
  }
}
