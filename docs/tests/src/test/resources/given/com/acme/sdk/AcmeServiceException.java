package com.acme.sdk;

import java.util.List;
import java.util.Map;

public class AcmeServiceException extends RuntimeException {
  public int status() {
    return 503;
  }

  public Map<String, List<String>> headers() {
    return Map.of();
  }

  public String errorCode() {
    return "busy";
  }
}
