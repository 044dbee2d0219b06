package acme.foreign;

import dev.llmretry.LlmRetry;

@LlmRetry(max = 1)
interface Retried extends ChatModel {}
