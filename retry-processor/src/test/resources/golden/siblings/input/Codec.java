package acme.siblings;

import dev.llmretry.LlmRetry;

/** What comes from both sides is said with type variables of different names. */
@LlmRetry
interface Codec<U> extends Reader, Caster {
  U decode(String text);
}
