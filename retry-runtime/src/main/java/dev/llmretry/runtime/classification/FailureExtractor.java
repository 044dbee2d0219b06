package dev.llmretry.runtime.classification;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a provider said out of the exceptions of one SDK or HTTP stack. It extracts and leaves
 * the judgement to the runtime's rules.
 *
 * <p>Implementations are found by {@link java.util.ServiceLoader} with the runtime's own class
 * loader. They must be safe for use by several threads.
 */
public interface FailureExtractor {

  /**
   * {@return the binary names of the exception classes, subclasses included, that this extractor
   * knows} They are names so that asking does not need the SDK.
   */
  Set<String> exceptionClasses();

  /**
   * {@return what {@code error} says, or null if it says nothing} Called only with an instance of
   * one of the {@link #exceptionClasses}. What it throws, linkage errors included, is logged and
   * counts as null.
   *
   * @param error an instance of one of those classes
   */
  @Nullable FailureFacts extract(Throwable error);
}
