package dev.llmretry.examples.client;

/**
 * A call to a provider failed. The subclasses show the three ways in which an exception can tell
 * LlmRetry what it means:
 *
 * <ul>
 *   <li>It <em>knows</em> what it means: it implements {@link dev.llmretry.LlmFailure}, as {@link
 *       ProviderTimeoutException} does.
 *   <li>It holds an <em>HTTP answer</em>: it implements {@link dev.llmretry.HttpFailure}, as {@link
 *       HttpErrorException} does, and LlmRetry's rules decide by status, headers and error code.
 *   <li>It merely <em>wraps</em> an exception that LlmRetry knows, such as those of the JDK: it
 *       implements nothing, as {@link NetworkException} does, and its cause tells.
 * </ul>
 */
public abstract sealed class ProviderException extends Exception
    permits HttpErrorException,
        InvalidAnswerException,
        NetworkException,
        ProviderTimeoutException,
        UnsupportedException {

  private static final long serialVersionUID = 1;

  ProviderException(String message) {
    super(message);
  }

  ProviderException(String message, Throwable cause) {
    super(message, cause);
  }
}
