package dev.llmretry.benchmarks;

import java.io.IOException;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** One call of a {@link Client}. */
public abstract class ChatBenchmark extends CallBenchmark {

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
