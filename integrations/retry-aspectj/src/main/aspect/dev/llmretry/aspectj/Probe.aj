package dev.llmretry.aspectj;

import dev.llmretry.runtime.generated.GeneratedByLlmRetry;
import org.aspectj.lang.annotation.SuppressAjWarnings;

/** Tells companions that they have been woven. */
public aspect Probe {

  @SuppressAjWarnings("adviceDidNotMatch")
  boolean around() : execution(static boolean (@GeneratedByLlmRetry *).isWoven()) {
    return true;
  }
}
