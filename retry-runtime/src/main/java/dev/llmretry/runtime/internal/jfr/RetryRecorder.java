package dev.llmretry.runtime.internal.jfr;

import dev.llmretry.runtime.GiveUpReason;
import dev.llmretry.runtime.Upstream;
import dev.llmretry.runtime.WaitCause;
import dev.llmretry.runtime.classification.Failure;
import jdk.jfr.FlightRecorder;

/**
 * Records events with JDK Flight Recorder. Until that has been started, a method costs the read of
 * a field, and no class of events is loaded. Nothing is recorded where the module of the recorder
 * is missing. Safe for use by several threads.
 */
public final class RetryRecorder {

  private static final boolean IS_PRESENT = ModuleLayer.boot().findModule("jdk.jfr").isPresent();

  private RetryRecorder() {}

  private static boolean isActive() {
    return IS_PRESENT && FlightRecorder.isInitialized();
  }

  /**
   * Records that an attempt failed.
   *
   * @param method the name of the method
   * @param attempt the number of the attempt
   * @param failure the classification
   * @param delayNanos the delay before the retry that follows; negative if none does
   * @param hedge whether the attempt was a hedge
   */
  public static void attemptFailed(
      String method, int attempt, Failure failure, long delayNanos, boolean hedge) {
    if (isActive()) {
      RecorderEvents.attemptFailed(method, attempt, failure, delayNanos, hedge);
    }
  }

  /**
   * Records that a call ended with an error.
   *
   * @param method the name of the method
   * @param attempts the number of attempts
   * @param reason why it was given up
   */
  public static void gaveUp(String method, int attempts, GiveUpReason reason) {
    if (isActive()) {
      RecorderEvents.gaveUp(method, attempts, reason);
    }
  }

  /**
   * Records that a call has waited for its upstream.
   *
   * @param method the name of the method
   * @param upstream the upstream
   * @param cause what it has waited for
   * @param nanos how long
   */
  public static void waited(String method, Upstream upstream, WaitCause cause, long nanos) {
    if (isActive()) {
      RecorderEvents.waited(method, upstream, cause, nanos);
    }
  }

  /**
   * Records that the gate of an upstream has closed, for longer than before or anew, or has opened.
   * Not to be called while the lock of the upstream is held.
   *
   * @param upstream the upstream
   */
  public static void gateChanged(Upstream upstream) {
    if (isActive()) {
      RecorderEvents.gateChanged(upstream);
    }
  }
}
