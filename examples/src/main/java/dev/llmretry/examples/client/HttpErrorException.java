package dev.llmretry.examples.client;

import dev.llmretry.HttpFailure;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The provider answered, with an error. The subclasses are for those who catch them; whether to
 * retry is decided by what {@link HttpFailure} tells.
 */
public abstract sealed class HttpErrorException extends ProviderException implements HttpFailure
    permits ContextLengthException,
        InvalidRequestException,
        QuotaExceededException,
        RateLimitException,
        ServerException,
        UnauthorizedException {

  private static final long serialVersionUID = 1;

  private final int statusCode;

  @SuppressWarnings("serial") // the JDK's maps and lists of strings are serializable
  private final Map<String, List<String>> headers;

  private final @Nullable String errorCode;
  private final @Nullable String errorType;

  HttpErrorException(int statusCode, Map<String, List<String>> headers, ErrorBody body) {
    super(body.message());
    this.statusCode = statusCode;
    this.headers = headers;
    this.errorCode = body.code();
    this.errorType = body.type();
  }

  /**
   * Returns the exception for an answer that is an error.
   *
   * @param status 200 if the answer began well, and the error came in the stream
   */
  static HttpErrorException of(int status, Map<String, List<String>> headers, ErrorBody body) {
    String code = Objects.requireNonNullElse(body.code(), "");
    if (code.equals("context_length_exceeded")) {
      return new ContextLengthException(status, headers, body);
    }
    if (code.equals("insufficient_quota")) {
      return new QuotaExceededException(status, headers, body);
    }
    if (status == 429 || code.equals("rate_limit_exceeded")) {
      return new RateLimitException(status, headers, body);
    }
    if (status == 401 || status == 403) {
      return new UnauthorizedException(status, headers, body);
    }
    boolean refused = status < 400 ? "invalid_request_error".equals(body.type()) : status < 500;
    return refused
        ? new InvalidRequestException(status, headers, body)
        : new ServerException(status, headers, body);
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
