package acme.inherited;

import dev.llmretry.LlmRetry;
import dev.llmretry.NoRetry;

@LlmRetry(max = 2)
interface Annotated extends Root {

  void fromAnnotated();

  @NoRetry
  void optedOut();
}
