package acme.inherited;

import dev.llmretry.LlmRetry;

interface TypeLevel extends Annotated {

  @LlmRetry(max = 7)
  void own();

  void plain();

  @Override
  void fromAnnotated();
}
