package acme.erasures;

import dev.llmretry.LlmRetry;

@LlmRetry
@SuppressWarnings({"all", "LR048"})
interface RawFirst extends Raw, Typed {}
