package dev.llmretry.runtime.classification;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the facts of a failed request from the exceptions of one SDK or HTTP client. It usually
 * returns {@link FailureFacts}, which the runtime classifies. If a class or a field of the
 * exception determines the kind, it may return a {@link Failure}.
 *
 * <p>Implementations are found by {@link java.util.ServiceLoader} with the runtime's own class
 * loader. They must be safe for use by several threads.
 */
public interface FailureExtractor {

  /**
   * {@return the binary names of the exception classes, subclasses included, that this extractor
   * reads} They are names, so that the SDK need not be present.
   */
  Set<String> exceptionClasses();

  /**
   * {@return the facts of {@code error}, or its classification, or null if neither is available}
   * Called only with an instance of one of the {@link #exceptionClasses}.
   *
   * <p>A {@link Failure} is final, unless its kind is {@link dev.llmretry.FailureKind#UNKNOWN}:
   * then only its delay and status are used, and the kind is taken from other extractors or the
   * cause. An exception thrown by this method, linkage errors included, is logged and counts as
   * null.
   *
   * @param error an instance of one of those classes
   */
  @Nullable FailureInfo extract(Throwable error);
}
