package dev.llmretry.processor.model;

import com.palantir.javapoet.ClassName;
import org.jspecify.annotations.Nullable;

/**
 * The class that retries futures or publishers of one type, as generated code calls it.
 *
 * @param type the class
 * @param method its method that starts a retried call
 * @param converter the class that converts publishers to and from the JDK's {@code Flow}, if the
 *     adapter itself supports only those
 * @param supportsCallbacks whether a callback may receive elements before the result is complete
 * @param artifact the artifact that has to be on the class path
 */
public record AsyncAdapter(
    ClassName type,
    String method,
    @Nullable ClassName converter,
    boolean supportsCallbacks,
    String artifact) {

  /** Returns the class that has to be on the class path. */
  public ClassName required() {
    return converter == null ? type : converter;
  }
}
