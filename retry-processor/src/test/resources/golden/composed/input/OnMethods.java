package acme.composed;

import dev.llmretry.LlmRetry;

public interface OnMethods {

  @Resilient
  String composed();

  @Patient
  String twice();

  @LlmRetry(max = 1)
  String plain();
}
