package dev.llmretry.providertests.http;

import dev.llmretry.HttpFailure;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** What a client written by hand throws: it keeps the provider's answer. */
final class ApiException extends IOException implements HttpFailure {

  private static final long serialVersionUID = 1;

  private final int status;
  private final transient Map<String, List<String>> headers;
  private final String code;
  private final String type;

  ApiException(int status, Map<String, List<String>> headers, String body) {
    super(body);
    this.status = status;
    this.headers = headers;
    this.code = Wire.member(body, "code");
    String openAis = Wire.member(body, "type");
    this.type = openAis != null ? openAis : Wire.member(body, "status"); // Google's
  }

  @Override
  public int statusCode() {
    return status;
  }

  @Override
  public Map<String, List<String>> headers() {
    return headers;
  }

  @Override
  public String errorCode() {
    return code;
  }

  @Override
  public String errorType() {
    return type;
  }
}
