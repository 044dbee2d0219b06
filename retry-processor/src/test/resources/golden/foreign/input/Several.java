package acme.foreign;

import dev.llmretry.LlmRetry;

@LlmRetry(max = 1)
@SuppressWarnings({"all", "LR048"})
interface Several extends Model<String, String>, AutoCloseable {

  @Override
  void close();
}
