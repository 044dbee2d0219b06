package com.anthropic.errors;

/** Of a version that has nothing. */
public class AnthropicServiceException extends RuntimeException {

  private static final long serialVersionUID = 1;

  public AnthropicServiceException(String message) {
    super(message);
  }
}
