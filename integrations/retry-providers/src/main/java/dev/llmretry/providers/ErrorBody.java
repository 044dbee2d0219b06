package dev.llmretry.providers;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds error code and type in the JSON body of an error response, in any provider's layout. */
final class ErrorBody {

  private ErrorBody() {}

  /** Returns the error code, or null. */
  static @Nullable String code(@Nullable String body) {
    Object json = read(body);
    return first(
        Json.text(json, "error", "details", "error_code"), // Anthropic
        Json.text(json, "error", "code"), // OpenAI and those like it; Google's is the status
        Json.text(json, "code")); // vLLM, Mistral
  }

  /** Returns the error type, or null. */
  static @Nullable String type(@Nullable String body) {
    Object json = read(body);
    return first(
        Json.text(json, "error", "type"), // OpenAI, Anthropic
        Json.text(json, "error", "status"), // Google
        Json.text(json, "type")); // vLLM, Mistral
  }

  /** Google's responses to streaming requests are lists of one element. */
  private static @Nullable Object read(@Nullable String body) {
    Object json = JsonReader.read(body);
    return json instanceof List<?> list && !list.isEmpty() ? list.get(0) : json;
  }

  private static @Nullable String first(@Nullable String... texts) {
    for (String text : texts) {
      if (text != null) {
        return text;
      }
    }
    return null;
  }
}
