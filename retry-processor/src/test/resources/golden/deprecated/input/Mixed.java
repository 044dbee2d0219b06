package acme.deprecated;

import dev.llmretry.LlmRetry;

@SuppressWarnings("deprecation")
public interface Mixed {

  @Deprecated
  @LlmRetry
  String old(Old client);

  @Deprecated(since = "2", forRemoval = true)
  @LlmRetry
  String goingAway();

  @LlmRetry
  String fine(Old client);
}
