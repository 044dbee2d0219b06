package acme.erasures;

import dev.llmretry.LlmRetry;

/** Only a method of the raw parameters implements both. */
@LlmRetry
@SuppressWarnings({"all", "LR048"})
interface TypedFirst extends Typed, Raw {}
