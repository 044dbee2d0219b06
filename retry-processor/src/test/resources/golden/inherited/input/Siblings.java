package acme.inherited;

import dev.llmretry.LlmRetry;

@LlmRetry(max = 1)
interface Siblings extends Left, Right {}
