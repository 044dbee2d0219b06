package acme.composed;

import dev.llmretry.NoRetry;

@Resilient
public interface OnType {

  String all();

  @NoRetry
  String none();
}
