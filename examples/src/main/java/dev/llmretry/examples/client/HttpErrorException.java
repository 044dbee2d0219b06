package dev.llmretry.examples.client;

import dev.llmretry.HttpFailure;
import java.util.List;
import java.util.Map;
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

  /** Returns the exception for an answer that is an error. */
  static HttpErrorException of(int status, Map<String, List<String>> headers, ErrorBody body) {
    if ("context_length_exceeded".equals(body.code())) {
      return new ContextLengthException(status, headers, body);
    }
    if (status == 429) {
      return "insufficient_quota".equals(body.code())
          ? new QuotaExceededException(status, headers, body)
          : new RateLimitException(status, headers, body);
    }
    if (status == 401 || status == 403) {
      return new UnauthorizedException(status, headers, body);
    }
    return status >= 500
        ? new ServerException(status, headers, body)
        : new InvalidRequestException(status, headers, body);
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
