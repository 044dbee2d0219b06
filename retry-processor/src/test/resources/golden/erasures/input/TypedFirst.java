package acme.erasures;

import dev.llmretry.LlmRetry;

/** Only a method of the raw parameters implements both. */
@LlmRetry
interface TypedFirst extends Typed, Raw {}
