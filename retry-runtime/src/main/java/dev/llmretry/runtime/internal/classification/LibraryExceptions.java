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
 * Classifies exceptions outside {@code java.base} whose superclass has no kind or the wrong one.
 * Classes are matched by name, since the libraries may be absent.
 */
final class LibraryExceptions {

  private static final Map<String, Classification> BY_CLASS_NAME =
      Map.ofEntries(
          // java.net.http; HttpConnectTimeoutException is a subclass.
          entry("java.net.http.HttpTimeoutException", TIMEOUT),
          entry("java.net.http.WebSocketHandshakeException", UNKNOWN),
          // Apache HttpClient 5 and 4: InterruptedIOExceptions without an interrupt.
          entry("org.apache.hc.core5.http.ConnectionRequestTimeoutException", TIMEOUT),
          entry("org.apache.http.conn.ConnectTimeoutException", TIMEOUT),
          // Netty: a ConnectException, RuntimeExceptions, and Exceptions for HTTP/2: GOAWAY and
          // RST_STREAM, for instance.
          entry("io.netty.channel.ConnectTimeoutException", TIMEOUT),
          entry("io.netty.handler.timeout.TimeoutException", TIMEOUT),
          entry("io.netty.handler.codec.PrematureChannelClosureException", NETWORK),
          entry("io.netty.handler.codec.http2.Http2Exception", NETWORK),
          entry("io.netty.handler.codec.http2.Http2FrameStreamException", NETWORK),
          // Reactor Netty, Vert.x (as the clients of Quarkus), Micronaut, Helidon:
          // RuntimeExceptions. Ktor: an IOException.
          entry("reactor.netty.channel.AbortedException", NETWORK),
          entry("io.vertx.core.http.HttpClosedException", NETWORK),
          entry("io.vertx.core.http.StreamResetException", NETWORK),
          entry("io.vertx.core.http.ConnectionPoolTooBusyException", NETWORK),
          entry("io.micronaut.http.client.exceptions.ReadTimeoutException", TIMEOUT),
          entry("io.micronaut.http.client.exceptions.ResponseClosedException", NETWORK),
          entry("io.helidon.webclient.api.RuntimeUnknownHostException", NETWORK),
          entry("io.ktor.client.plugins.HttpRequestTimeoutException", TIMEOUT),
          // OkHttp and Apache HttpClient: plain IOExceptions otherwise.
          entry("okhttp3.internal.http2.StreamResetException", NETWORK),
          entry("okhttp3.internal.http2.ConnectionShutdownException", NETWORK),
          entry("org.apache.hc.core5.http.NoHttpResponseException", NETWORK),
          entry("org.apache.hc.core5.http.ConnectionClosedException", NETWORK),
          // openai-java and anthropic-java, RuntimeExceptions: failures that the SDK retries, such
          // as an expired token that the next attempt renews, and a missing key.
          entry("com.openai.errors.OpenAIRetryableException", SERVER),
          entry("com.anthropic.errors.AnthropicRetryableException", SERVER),
          entry("com.anthropic.errors.NoCredentialsException", UNAUTHORIZED),
          // AWS SDK 2: RuntimeExceptions. AbortedException is thrown on an interrupt.
          entry("software.amazon.awssdk.core.exception.ApiCallTimeoutException", TIMEOUT),
          entry("software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException", TIMEOUT),
          entry("software.amazon.awssdk.core.exception.AbortedException", CANCELLED),
          // LangChain4j and Spring AI create these with or without a cause. The cause, which has
          // the response, takes precedence: a RateLimitException may be an exhausted quota.
          generic("dev.langchain4j.exception.AuthenticationException", UNAUTHORIZED),
          generic("dev.langchain4j.exception.ContentFilteredException", CONTENT_FILTERED),
          generic("dev.langchain4j.exception.InternalServerException", SERVER),
          generic("dev.langchain4j.exception.InvalidRequestException", INVALID_REQUEST),
          generic("dev.langchain4j.exception.ModelNotFoundException", NOT_FOUND),
          generic("dev.langchain4j.exception.RateLimitException", RATE_LIMITED),
          generic("dev.langchain4j.exception.TimeoutException", TIMEOUT),
          generic("dev.langchain4j.exception.UnsupportedFeatureException", UNSUPPORTED),
          generic("org.springframework.ai.retry.TransientAiException", SERVER),
          // Apache HttpClient: IOExceptions for protocol errors, circular redirects and, in version
          // 4, responses with an error status.
          generic("org.apache.hc.client5.http.ClientProtocolException", UNKNOWN),
          generic("org.apache.http.client.ClientProtocolException", UNKNOWN),
          // Jackson 2, Gson and Moshi: IOExceptions for malformed JSON.
          entry("com.fasterxml.jackson.core.JacksonException", UNKNOWN),
          entry("com.fasterxml.jackson.core.JsonProcessingException", UNKNOWN),
          entry("com.google.gson.stream.MalformedJsonException", UNKNOWN),
          entry("com.squareup.moshi.JsonEncodingException", UNKNOWN),
          // The shaded Jackson of SDKs parses responses only: an unexpected end is a lost
          // connection.
          entry("com.azure.json.implementation.jackson.core.io.JsonEOFException", NETWORK),
          entry("com.azure.json.implementation.jackson.core.JsonParseException", UNKNOWN),
          entry("software.amazon.awssdk.thirdparty.jackson.core.io.JsonEOFException", NETWORK),
          entry("software.amazon.awssdk.thirdparty.jackson.core.JsonParseException", UNKNOWN));

  private LibraryExceptions() {}

  /** Returns null if the class of {@code error} does not determine a kind. */
  static @Nullable Classification classify(Throwable error) {
    Classification classification = byName(error);
    return isUnknown(classification) && wrapsIoTrouble(error) ? null : classification;
  }

  /** Jackson wraps the exceptions of the stream that it reads. */
  private static boolean wrapsIoTrouble(Throwable error) {
    return Throwables.find(error, e -> !isUnknown(byName(e))) instanceof IOException;
  }

  private static boolean isUnknown(@Nullable Classification classification) {
    return classification != null && classification.failure().kind() == UNKNOWN;
  }

  private static @Nullable Classification byName(Throwable error) {
    for (Class<?> c = error.getClass(); c != Throwable.class; c = c.getSuperclass()) {
      Classification classification = BY_CLASS_NAME.get(c.getName());
      if (classification != null) {
        return classification;
      }
    }
    return null;
  }

  private static Map.Entry<String, Classification> entry(String className, FailureKind kind) {
    return Map.entry(className, Classification.definite(kind, simpleName(className)));
  }

  /** Creates an entry that is overridden by a cause with higher confidence. */
  private static Map.Entry<String, Classification> generic(String className, FailureKind kind) {
    return Map.entry(className, Classification.generic(kind, simpleName(className)));
  }

  private static String simpleName(String className) {
    return className.substring(className.lastIndexOf('.') + 1);
  }
}
