package dev.llmretry.runtime.classification;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a provider said from the exceptions of one SDK or HTTP stack. As a rule it returns
 * {@link FailureFacts} and leaves the classification to the runtime; where a class or a field of
 * the exception has one meaning, it may return a {@link Failure}.
 *
 * <p>Implementations are found by {@link java.util.ServiceLoader} with the runtime's own class
 * loader. They must be safe for use by several threads.
 */
public interface FailureExtractor {

  /**
   * {@return the binary names of the exception classes, subclasses included, that this extractor
   * reads} They are names so that asking does not need the SDK.
   */
  Set<String> exceptionClasses();

  /**
   * {@return the facts of {@code error}, or what it means, or null if neither is known} Called only
   * with an instance of one of the {@link #exceptionClasses}.
   *
   * <p>A {@link Failure} is final, unless its kind is {@link dev.llmretry.FailureKind#UNKNOWN}:
   * then only its delay and status are used, and other extractors and the cause are asked for the
   * kind. An exception thrown by this method, linkage errors included, is logged and counts as
   * null.
   *
   * @param error an instance of one of those classes
   */
  @Nullable FailureInfo extract(Throwable error);
}
