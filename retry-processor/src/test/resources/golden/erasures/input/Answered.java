package acme.erasures;

import dev.llmretry.LlmRetry;

@LlmRetry
interface Answered extends Answer {}
