package dev.llmretry.runtime.internal.classification;

import dev.llmretry.runtime.internal.util.Log;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Names the artifact of LlmRetry that would read an exception. Without that artifact the exception
 * is classified less precisely or not at all, which users would otherwise not notice.
 */
final class MissingArtifacts {

  /** The classes that an artifact's extractors read, by name: the libraries may be absent. */
  static final Map<String, Set<String>> READ_BY =
      Map.of(
          "retry-providers",
          Set.of(
              "com.anthropic.errors.AnthropicServiceException",
              "com.azure.core.exception.HttpResponseException",
              "com.google.api.client.http.HttpResponseException",
              "com.google.api.gax.rpc.ApiException",
              "com.google.genai.errors.ApiException",
              "com.openai.errors.OpenAIServiceException",
              "dev.langchain4j.exception.HttpException",
              "dev.langchain4j.model.anthropic.internal.api.AnthropicStreamingException",
              "feign.FeignException",
              "io.grpc.StatusException",
              "io.grpc.StatusRuntimeException",
              "io.micronaut.http.client.exceptions.HttpClientResponseException",
              "jakarta.ws.rs.WebApplicationException",
              "org.apache.hc.client5.http.HttpResponseException",
              "org.springframework.ai.retry.NonTransientAiException",
              "org.springframework.ai.retry.TransientAiException",
              "org.springframework.web.client.RestClientResponseException",
              "org.springframework.web.reactive.function.client.WebClientResponseException",
              "retrofit2.HttpException",
              "software.amazon.awssdk.core.exception.SdkServiceException"));

  /** The names, out of {@link #READ_BY}, of the classes for which a warning has been logged. */
  private static final Set<String> WARNED = ConcurrentHashMap.newKeySet();

  private MissingArtifacts() {}

  /** Returns whether an extractor of one of these artifacts would read {@code error}. */
  static boolean isRead(Throwable error) {
    return find(error) != null;
  }

  /**
   * Warns that the response in {@code error} is not read, once for each class.
   *
   * @param error an exception for which {@link #isRead} returns true
   * @return the name of the artifact
   */
  static String warn(Throwable error) {
    Row row = Objects.requireNonNull(find(error), "reader");
    if (WARNED.add(row.className())) {
      Log.warning(
          "The response in "
              + row.className()
              + " is not read, since the artifact "
              + row.artifact()
              + " is not visible to the class loader of retry-runtime; this is logged once");
    }
    return row.artifact();
  }

  private static @Nullable Row find(Throwable error) {
    for (Class<?> c = error.getClass(); c != Throwable.class; c = c.getSuperclass()) {
      String name = c.getName();
      for (Map.Entry<String, Set<String>> artifact : READ_BY.entrySet()) {
        if (artifact.getValue().contains(name)) {
          return new Row(artifact.getKey(), name);
        }
      }
    }
    return null;
  }

  private record Row(String artifact, String className) {}
}
