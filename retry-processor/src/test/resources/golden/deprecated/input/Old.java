package acme.deprecated;

import dev.llmretry.LlmRetry;

@Deprecated
@SuppressWarnings("all")
public interface Old {

  @LlmRetry
  String stillFine();
}
