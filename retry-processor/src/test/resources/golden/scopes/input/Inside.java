package acme.scopes;

import dev.llmretry.LlmRetry;
import dev.llmretry.StreamCallback;
import dev.llmretry.StreamRetry;

/** The classes inside the methods have type variables of the same names. */
interface Inside<T> {
  @LlmRetry(stream = StreamRetry.UNTIL_FIRST_ELEMENT)
  Handle<T> stream(T prompt);

  @LlmRetry
  <X> void complete(X prompt, @StreamCallback Listener<X> listener);
}
