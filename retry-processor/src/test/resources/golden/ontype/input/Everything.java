package acme.ontype;

import dev.llmretry.LlmRetry;
import dev.llmretry.NoRetry;

@LlmRetry(max = 2, baseDelayMs = 10)
public interface Everything extends AutoCloseable {

  String name();

  @LlmRetry(max = 4)
  String own();

  @NoRetry
  String none();

  default String inDefault() {
    return name();
  }

  @Override
  void close();

  @Override
  String toString();

  @Override
  boolean equals(Object other);

  @Override
  int hashCode();
}
