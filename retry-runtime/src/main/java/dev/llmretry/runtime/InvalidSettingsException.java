package dev.llmretry.runtime;

/**
 * Settings from outside are invalid: a key is unknown, a value is out of range, or settings
 * contradict each other. The message lists what is wrong and where it is set.
 */
public final class InvalidSettingsException extends IllegalArgumentException {

  private static final long serialVersionUID = 1;

  /**
   * Creates an exception.
   *
   * @param message what is wrong
   */
  public InvalidSettingsException(String message) {
    super(message);
  }

  /**
   * Creates an exception.
   *
   * @param message what is wrong
   * @param cause how it was noticed
   */
  public InvalidSettingsException(String message, Throwable cause) {
    super(message, cause);
  }
}
