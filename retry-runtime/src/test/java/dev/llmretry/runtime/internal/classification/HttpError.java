package dev.llmretry.runtime.internal.classification;

import dev.llmretry.HttpFailure;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An exception as a client would write it. */
@SuppressWarnings("serial")
class HttpError extends RuntimeException implements HttpFailure {

  private final int statusCode;
  private final Map<String, List<String>> headers = new LinkedHashMap<>();
  private @Nullable String errorCode;
  private @Nullable String errorType;

  HttpError(int statusCode) {
    this(statusCode, null);
  }

  HttpError(int statusCode, @Nullable String message) {
    super(message);
    this.statusCode = statusCode;
  }

  HttpError code(@Nullable String code) {
    errorCode = code;
    return this;
  }

  HttpError type(@Nullable String type) {
    errorType = type;
    return this;
  }

  HttpError header(String name, String value) {
    headers.put(name, List.of(value));
    return this;
  }

  HttpError causedBy(Throwable cause) {
    initCause(cause);
    return this;
  }

  @Override
  public int statusCode() {
    return statusCode;
  }

  @Override
  public Map<String, List<String>> headers() {
    return headers;
  }

  @Override
  public @Nullable String errorCode() {
    return errorCode;
  }

  @Override
  public @Nullable String errorType() {
    return errorType;
  }
}
