package com.openai.errors;

/** Of a version that has little. */
public class OpenAIServiceException extends RuntimeException {

  private static final long serialVersionUID = 1;

  public OpenAIServiceException(String message) {
    super(message);
  }

  public int statusCode() {
    return 429;
  }
}
