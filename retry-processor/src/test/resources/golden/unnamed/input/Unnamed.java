import dev.llmretry.LlmRetry;

interface Unnamed {

  @LlmRetry
  String complete();
}
