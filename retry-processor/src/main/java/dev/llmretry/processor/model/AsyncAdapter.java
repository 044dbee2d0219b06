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
 * @param artifact the artifact that contains what has to be on the class path
 * @param visible whether the annotated type can see it
 */
public record AsyncAdapter(
    ClassName type,
    String method,
    @Nullable ClassName converter,
    String artifact,
    boolean visible) {

  /** Returns whether it retries completion stages, during which a callback may receive elements. */
  public boolean adaptsStages() {
    return type.simpleName().equals("AsyncRetry");
  }
}
