package acme.packageprivate;

import dev.llmretry.LlmRetry;

interface Client {

  @LlmRetry
  Answer ask(Question question) throws Trouble;
}
