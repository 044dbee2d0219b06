package dev.llmretry.examples.client;

import java.util.List;
import java.util.Map;

/** The account has no money or credits left. */
public final class QuotaExceededException extends HttpErrorException {

  private static final long serialVersionUID = 1;

  QuotaExceededException(int statusCode, Map<String, List<String>> headers, ErrorBody body) {
    super(statusCode, headers, body);
  }
}
