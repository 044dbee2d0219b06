package dev.llmretry.providers.check;

import static dev.llmretry.FailureKind.CONTENT_FILTERED;
import static dev.llmretry.FailureKind.CONTEXT_LENGTH;
import static dev.llmretry.FailureKind.INVALID_OUTPUT;
import static dev.llmretry.FailureKind.INVALID_REQUEST;
import static dev.llmretry.FailureKind.OVERLOADED;
import static dev.llmretry.FailureKind.SERVER;
import static dev.llmretry.FailureKind.UNSUPPORTED;

import dev.llmretry.FailureKind;
import dev.llmretry.Rejection;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Judges an answer by the reason for which it has ended. There is one table for all providers:
 * gateways, compatible servers and frameworks pass on the names of others, in any case.
 */
final class FinishReasons {

  /** Reasons for which an answer is rejected, whether or not there is a part of it. */
  private static final TreeMap<String, FailureKind> FAILURES =
      new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  /** The limits of tokens at which an answer is cut off. */
  private static final Set<String> LIMITS = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

  static {
    // OpenAI: the chat completion object; incomplete_details of the response object.
    put(CONTENT_FILTERED, "content_filter");
    LIMITS.add("length");
    LIMITS.add("max_output_tokens");

    // Anthropic: Handling stop reasons.
    put(CONTENT_FILTERED, "refusal");
    LIMITS.add("max_tokens"); // also Gemini's and Bedrock's
    LIMITS.add("model_context_window_exceeded"); // also Bedrock's

    // Gemini and Vertex AI: FinishReason.
    put(
        CONTENT_FILTERED,
        "SAFETY",
        "RECITATION",
        "BLOCKLIST",
        "PROHIBITED_CONTENT",
        "SPII",
        "MODEL_ARMOR",
        "IMAGE_SAFETY",
        "IMAGE_PROHIBITED_CONTENT",
        "IMAGE_RECITATION");
    put(UNSUPPORTED, "LANGUAGE");
    put(
        INVALID_OUTPUT,
        "MALFORMED_FUNCTION_CALL",
        "MALFORMED_RESPONSE",
        "UNEXPECTED_TOOL_CALL",
        "TOO_MANY_TOOL_CALLS");
    put(INVALID_REQUEST, "MISSING_THOUGHT_SIGNATURE");

    // Amazon Bedrock: Converse, stopReason.
    put(CONTENT_FILTERED, "guardrail_intervened", "content_filtered");
    put(INVALID_OUTPUT, "malformed_model_output", "malformed_tool_use");

    // OpenRouter, Mistral; DeepSeek; Z.ai.
    put(SERVER, "error", "network_error");
    put(OVERLOADED, "insufficient_system_resource");
    put(CONTENT_FILTERED, "sensitive");
    LIMITS.add("model_length");
  }

  private FinishReasons() {}

  private static void put(FailureKind kind, String... reasons) {
    for (String reason : reasons) {
      FAILURES.put(reason, kind);
    }
  }

  /**
   * Returns why an answer is rejected, or null if it is accepted.
   *
   * @param reason why it has ended; null if that is not known
   * @param empty whether it has no content
   */
  static @Nullable Rejection check(@Nullable String reason, boolean empty) {
    FailureKind failure = reason == null ? null : FAILURES.get(reason);
    if (failure != null) {
      return Rejection.of(failure, "finish reason " + reason);
    }
    if (!empty) {
      return null;
    }
    return reason != null && LIMITS.contains(reason)
        ? Rejection.of(CONTEXT_LENGTH, "the answer is empty, finish reason " + reason)
        : Rejection.of("the answer is empty");
  }
}
