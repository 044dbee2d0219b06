package dev.llmretry.runtime.internal.classification;

import dev.llmretry.runtime.classification.Failure;
import dev.llmretry.runtime.classification.FailureClassifier;
import dev.llmretry.runtime.classification.FailureExtractor;
import dev.llmretry.runtime.internal.util.Throwables;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The classifier that is called if none of the runtime's recognises an error. It never returns
 * null, but {@link dev.llmretry.FailureKind#UNKNOWN}.
 *
 * <p>An exception and its causes are classified one by one, outermost first:
 *
 * <ol>
 *   <li>an {@link dev.llmretry.LlmFailure} classifies itself;
 *   <li>an {@link dev.llmretry.HttpFailure} has the facts of a provider's response;
 *   <li>{@linkplain FailureExtractor extractors} read them from exceptions of SDKs and HTTP
 *       clients;
 *   <li>the JDK's exceptions and some of common HTTP clients have a fixed kind.
 * </ol>
 *
 * <p>The first that determines a kind wins, with two exceptions. A class that wraps exceptions of
 * other kinds, such as a plain {@link java.io.IOException}, is overridden by a cause with higher
 * confidence. A kind by HTTP status only is overridden by a cause that has the same status and the
 * provider's error code, type or message. If the winner has no delay or status, those of the first
 * exception that has them are used.
 *
 * <p>An {@link Error} in the chain is {@code UNKNOWN}, and so are exceptions that it causes, unless
 * they have a definite kind. They are never retried, in either case.
 */
public final class StandardClassifier implements FailureClassifier {

  private static final StandardClassifier INSTANCE = new StandardClassifier();

  /**
   * Null until the first failure. Two threads may load the extractors concurrently, with equal
   * results.
   */
  private volatile @Nullable Extractors extractors;

  /** For tests: with these extractors and no others. */
  StandardClassifier(List<FailureExtractor> extractors) {
    this.extractors = Extractors.of(extractors);
  }

  private StandardClassifier() {}

  /** {@return the one instance, with the extractors that {@link java.util.ServiceLoader} finds} */
  public static StandardClassifier instance() {
    return INSTANCE;
  }

  @Override
  public Failure classify(Throwable error, InstantSource time) {
    return classify(error, time, false);
  }

  /**
   * {@return the classification of {@code error}}
   *
   * @param error the error of an attempt
   * @param time the wall time, for delays given as a date
   * @param cutOff whether the call or the attempt has been cancelled or interrupted here
   */
  Failure classify(Throwable error, InstantSource time, boolean cutOff) {
    CauseChainClassifier walk = new CauseChainClassifier(extractors(), time, cutOff);
    Throwables.find(error, walk);
    return walk.result(error);
  }

  private Extractors extractors() {
    Extractors known = extractors;
    if (known == null) {
      known = Extractors.load(StandardClassifier.class.getClassLoader());
      extractors = known;
    }
    return known;
  }
}
