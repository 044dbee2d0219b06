package acme.foreign;

import dev.llmretry.LlmRetry;
import dev.llmretry.NoRetry;

@SuppressWarnings({"all", "LR022"})
interface Redeclaring extends ChatModel {

  @Override
  @LlmRetry(max = 1)
  String call(String request);

  @Override
  @LlmRetry(max = 2)
  String call(Number request);

  @Override
  @NoRetry
  Options getOptions();
}
