package dev.llmretry.runtime.classification;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The facts of a failed request, before classification. Every fact is optional.
 *
 * <pre>{@code
 * FailureFacts.builder()
 *     .statusCode(error.status())
 *     .headers(error.headers())
 *     .errorCode(error.code())
 *     .build();
 * }</pre>
 *
 * <p>Instances are immutable, except that the headers are not copied.
 */
public final class FailureFacts implements FailureInfo {

  private final int statusCode;
  private final Map<String, List<String>> headers;
  private final @Nullable String errorCode;
  private final @Nullable String errorType;
  private final @Nullable String message;
  private final @Nullable Duration retryAfter;

  private FailureFacts(Builder builder) {
    statusCode = builder.statusCode;
    headers = builder.headers;
    errorCode = builder.errorCode;
    errorType = builder.errorType;
    message = builder.message;
    retryAfter = builder.retryAfter;
  }

  /** {@return a builder without any fact} */
  public static Builder builder() {
    return new Builder();
  }

  /** {@return the HTTP status; 0 if there is none} */
  public int statusCode() {
    return statusCode;
  }

  /** {@return the response's headers, whose names are compared without regard to case} */
  public Map<String, List<String>> headers() {
    return headers;
  }

  /** {@return the provider's error code, such as {@code insufficient_quota}, or null} */
  public @Nullable String errorCode() {
    return errorCode;
  }

  /** {@return the provider's error type, such as {@code overloaded_error}, or null} */
  public @Nullable String errorType() {
    return errorType;
  }

  /** {@return the body of the response, or a message; null if there is none} */
  public @Nullable String message() {
    return message;
  }

  /**
   * {@return a delay that the provider asked for by other means than headers or message, or null}
   */
  public @Nullable Duration retryAfter() {
    return retryAfter;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof FailureFacts that
        && statusCode == that.statusCode
        && headers.equals(that.headers)
        && Objects.equals(errorCode, that.errorCode)
        && Objects.equals(errorType, that.errorType)
        && Objects.equals(message, that.message)
        && Objects.equals(retryAfter, that.retryAfter);
  }

  @Override
  public int hashCode() {
    return Objects.hash(statusCode, headers, errorCode, errorType, message, retryAfter);
  }

  @Override
  public String toString() {
    return "FailureFacts[statusCode="
        + statusCode
        + ", headers="
        + headers
        + ", errorCode="
        + errorCode
        + ", errorType="
        + errorType
        + ", message="
        + message
        + ", retryAfter="
        + retryAfter
        + "]";
  }

  /** Builds {@link FailureFacts}. Not safe for use by several threads. */
  public static final class Builder {

    private int statusCode;
    private Map<String, List<String>> headers = Map.of();
    private @Nullable String errorCode;
    private @Nullable String errorType;
    private @Nullable String message;
    private @Nullable Duration retryAfter;

    private Builder() {}

    /**
     * Sets the HTTP status.
     *
     * @param status the status; 0 if there is none
     * @return this builder
     */
    public Builder statusCode(int status) {
      statusCode = status;
      return this;
    }

    /**
     * Sets the response's headers.
     *
     * @param responseHeaders the values by name, in any case; not copied
     * @return this builder
     */
    public Builder headers(Map<String, List<String>> responseHeaders) {
      headers = requireNonNull(responseHeaders, "headers");
      return this;
    }

    /**
     * Sets the provider's error code, such as {@code insufficient_quota}.
     *
     * @param code the code; null if there is none
     * @return this builder
     */
    public Builder errorCode(@Nullable String code) {
      errorCode = code;
      return this;
    }

    /**
     * Sets the provider's error type, such as {@code overloaded_error}.
     *
     * @param type the type; null if there is none
     * @return this builder
     */
    public Builder errorType(@Nullable String type) {
      errorType = type;
      return this;
    }

    /**
     * Sets the body of the response; or, if it is not available, the provider's message, or else
     * the exception's. Error code and error type are found in a body. It is only interpreted if
     * there is a status, an error code or an error type, too.
     *
     * @param text the body or message; null if there is none
     * @return this builder
     */
    public Builder message(@Nullable String text) {
      message = text;
      return this;
    }

    /**
     * Sets a delay that the provider asked for by other means than headers or message. A delay in
     * the headers takes precedence.
     *
     * @param delay the delay; null, zero or negative if there is none
     * @return this builder
     */
    public Builder retryAfter(@Nullable Duration delay) {
      retryAfter = delay;
      return this;
    }

    /** {@return the facts} */
    public FailureFacts build() {
      return new FailureFacts(this);
    }
  }
}
