package dev.llmretry.runtime.internal.classification;

import static dev.llmretry.FailureKind.CANCELLED;
import static dev.llmretry.FailureKind.CONTENT_FILTERED;
import static dev.llmretry.FailureKind.INVALID_REQUEST;
import static dev.llmretry.FailureKind.NETWORK;
import static dev.llmretry.FailureKind.NOT_FOUND;
import static dev.llmretry.FailureKind.RATE_LIMITED;
import static dev.llmretry.FailureKind.SERVER;
import static dev.llmretry.FailureKind.TIMEOUT;
import static dev.llmretry.FailureKind.UNAUTHORIZED;
import static dev.llmretry.FailureKind.UNKNOWN;
import static dev.llmretry.FailureKind.UNSUPPORTED;

import dev.llmretry.FailureKind;
import dev.llmretry.runtime.internal.util.Throwables;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Exceptions outside {@code java.base} whose superclass would mislead or tell nothing, by the names
 * of their classes and superclasses: the libraries need not be there.
 */
final class LibraryExceptions {

  private static final Map<String, Classification> BY_CLASS_NAME =
      Map.ofEntries(
          // java.net.http; HttpConnectTimeoutException is a subclass.
          entry("java.net.http.HttpTimeoutException", TIMEOUT),
          entry("java.net.http.WebSocketHandshakeException", UNKNOWN),
          // Apache HttpClient 5 and 4: InterruptedIOExceptions that nobody interrupted.
          entry("org.apache.hc.core5.http.ConnectionRequestTimeoutException", TIMEOUT),
          entry("org.apache.http.conn.ConnectTimeoutException", TIMEOUT),
          // Netty: a ConnectException, and a RuntimeException.
          entry("io.netty.channel.ConnectTimeoutException", TIMEOUT),
          entry("io.netty.handler.timeout.TimeoutException", TIMEOUT),
          // OkHttp and Apache HttpClient: plain IOExceptions otherwise.
          entry("okhttp3.internal.http2.StreamResetException", NETWORK),
          entry("okhttp3.internal.http2.ConnectionShutdownException", NETWORK),
          entry("org.apache.hc.core5.http.NoHttpResponseException", NETWORK),
          entry("org.apache.hc.core5.http.ConnectionClosedException", NETWORK),
          // openai-java and anthropic-java, RuntimeExceptions: "to be retried", such as an expired
          // token that the next attempt renews; and no key to be found.
          entry("com.openai.errors.OpenAIRetryableException", SERVER),
          entry("com.anthropic.errors.AnthropicRetryableException", SERVER),
          entry("com.anthropic.errors.NoCredentialsException", UNAUTHORIZED),
          // AWS SDK 2: RuntimeExceptions. One that was aborted was interrupted.
          entry("software.amazon.awssdk.core.exception.ApiCallTimeoutException", TIMEOUT),
          entry("software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException", TIMEOUT),
          entry("software.amazon.awssdk.core.exception.AbortedException", CANCELLED),
          // LangChain4j and Spring AI make these out of others, or by themselves without a cause.
          // The cause, which has the answer, tells more: a RateLimitException may be a quota.
          generic("dev.langchain4j.exception.AuthenticationException", UNAUTHORIZED),
          generic("dev.langchain4j.exception.ContentFilteredException", CONTENT_FILTERED),
          generic("dev.langchain4j.exception.InternalServerException", SERVER),
          generic("dev.langchain4j.exception.InvalidRequestException", INVALID_REQUEST),
          generic("dev.langchain4j.exception.ModelNotFoundException", NOT_FOUND),
          generic("dev.langchain4j.exception.RateLimitException", RATE_LIMITED),
          generic("dev.langchain4j.exception.TimeoutException", TIMEOUT),
          generic("dev.langchain4j.exception.UnsupportedFeatureException", UNSUPPORTED),
          generic("org.springframework.ai.retry.TransientAiException", SERVER),
          // Breaches of the protocol, redirects that go round in circles and, in version 4, answers
          // with an error status are IOExceptions with Apache HttpClient.
          generic("org.apache.hc.client5.http.ClientProtocolException", UNKNOWN),
          generic("org.apache.http.client.ClientProtocolException", UNKNOWN),
          // JSON that does not parse is an IOException with Jackson 2, Gson and Moshi.
          entry("com.fasterxml.jackson.core.JacksonException", UNKNOWN),
          entry("com.fasterxml.jackson.core.JsonProcessingException", UNKNOWN),
          entry("com.google.gson.stream.MalformedJsonException", UNKNOWN),
          entry("com.squareup.moshi.JsonEncodingException", UNKNOWN),
          // The Jackson inside SDKs reads answers only: one that ends too soon has broken off.
          entry("com.azure.json.implementation.jackson.core.io.JsonEOFException", NETWORK),
          entry("com.azure.json.implementation.jackson.core.JsonParseException", UNKNOWN),
          entry("software.amazon.awssdk.thirdparty.jackson.core.io.JsonEOFException", NETWORK),
          entry("software.amazon.awssdk.thirdparty.jackson.core.JsonParseException", UNKNOWN));

  private LibraryExceptions() {}

  /** Returns null if the class of {@code error} tells nothing. */
  static @Nullable Classification judge(Throwable error) {
    Classification verdict = byName(error);
    return isUnknown(verdict) && wrapsIoTrouble(error) ? null : verdict;
  }

  /** Jackson wraps whatever ends an answer that it is reading. */
  private static boolean wrapsIoTrouble(Throwable error) {
    return Throwables.find(error, e -> !isUnknown(byName(e))) instanceof IOException;
  }

  private static boolean isUnknown(@Nullable Classification verdict) {
    return verdict != null && verdict.failure().kind() == UNKNOWN;
  }

  private static @Nullable Classification byName(Throwable error) {
    for (Class<?> c = error.getClass(); c != Throwable.class; c = c.getSuperclass()) {
      Classification verdict = BY_CLASS_NAME.get(c.getName());
      if (verdict != null) {
        return verdict;
      }
    }
    return null;
  }

  private static Map.Entry<String, Classification> entry(String className, FailureKind kind) {
    return Map.entry(className, Classification.definite(kind, simpleName(className)));
  }

  /** For one that yields to a cause that knows more. */
  private static Map.Entry<String, Classification> generic(String className, FailureKind kind) {
    return Map.entry(className, Classification.generic(kind, simpleName(className)));
  }

  private static String simpleName(String className) {
    return className.substring(className.lastIndexOf('.') + 1);
  }
}
