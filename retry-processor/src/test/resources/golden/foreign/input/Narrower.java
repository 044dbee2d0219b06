package acme.foreign;

import dev.llmretry.LlmRetry;

@SuppressWarnings({"all", "LR048"})
interface Narrower extends Model<String, CharSequence> {

  @Override
  @LlmRetry
  String call(String request);
}
