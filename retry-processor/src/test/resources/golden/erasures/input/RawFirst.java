package acme.erasures;

import dev.llmretry.LlmRetry;

@LlmRetry
interface RawFirst extends Raw, Typed {}
