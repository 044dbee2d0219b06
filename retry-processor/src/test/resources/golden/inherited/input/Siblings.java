package acme.inherited;

import dev.llmretry.LlmRetry;

@LlmRetry(max = 1)
@SuppressWarnings({"all", "LR048"})
interface Siblings extends Left, Right {}
