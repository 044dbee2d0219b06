package dev.llmretry.examples.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.llmretry.Rejection;
import dev.llmretry.ResultCheck;
import org.jspecify.annotations.Nullable;

/** Rejects answers that are no JSON object. An application would check its schema too. */
public final class JsonCheck implements ResultCheck<ChatResponse> {

  private static final ObjectReader JSON =
      new ObjectMapper().reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /** Called by generated code. */
  public JsonCheck() {}

  @Override
  public @Nullable Rejection check(ChatResponse response) {
    try {
      return JSON.readTree(response.message().content()).isObject()
          ? null
          : Rejection.of("no JSON object");
    } catch (JsonProcessingException e) {
      return Rejection.of("no JSON: " + e.getOriginalMessage());
    }
  }
}
