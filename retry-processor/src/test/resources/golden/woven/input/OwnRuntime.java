package acme.woven;

import dev.llmretry.LlmRetry;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.aspectj.HasRetryRuntime;
import java.io.IOException;

record OwnRuntime(RetryRuntime retryRuntime) implements HasRetryRuntime {

  @LlmRetry
  String complete(String prompt) throws IOException {
    return prompt;
  }
}
