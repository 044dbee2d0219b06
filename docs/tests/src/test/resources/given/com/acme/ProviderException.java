package com.acme;

import dev.llmretry.HttpFailure;
import java.util.List;
import java.util.Map;

public class ProviderException extends Exception implements HttpFailure {
  private final int status;
  private final Map<String, List<String>> headers;

  public ProviderException(int status, Map<String, List<String>> headers, String message) {
    super(message);
    this.status = status;
    this.headers = headers;
  }

  @Override
  public int statusCode() {
    return status;
  }

  @Override
  public Map<String, List<String>> headers() {
    return headers;
  }
}
