package acme.foreign;

import dev.llmretry.LlmRetry;

@LlmRetry(max = 1)
interface Generic<T> extends Alias<T> {

  default <S extends T> String twice(S request) {
    return call(request) + call(request);
  }
}
