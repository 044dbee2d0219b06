package dev.llmretry.runtime.internal.classification;

import dev.llmretry.runtime.classification.Failure;
import dev.llmretry.runtime.classification.FailureClassifier;
import dev.llmretry.runtime.classification.FailureExtractor;
import dev.llmretry.runtime.internal.util.Throwables;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The classifier that is asked where none of the runtime's has an answer. It always has one: {@link
 * dev.llmretry.FailureKind#UNKNOWN} if nobody knows.
 *
 * <p>An exception and its causes are asked in turn, outermost first:
 *
 * <ol>
 *   <li>an {@link dev.llmretry.LlmFailure} says itself what it is;
 *   <li>an {@link dev.llmretry.HttpFailure} tells what the provider said;
 *   <li>{@linkplain FailureExtractor extractors} tell it for exceptions of SDKs and HTTP stacks;
 *   <li>the JDK's own exceptions and some of well-known HTTP stacks have a fixed meaning.
 * </ol>
 *
 * <p>The first that knows wins, with two exceptions. A class that wraps much else, such as a plain
 * {@link java.io.IOException}, yields to a cause that knows more; and where only the HTTP status
 * told the kind, a cause that has the same status and the provider's error code, type or message
 * tells more about the same answer. A wait or a status that the winner lacks is taken from the
 * first cause that has one.
 *
 * <p>An {@link Error} in the chain is {@code UNKNOWN}, and so is what is around it unless that says
 * itself what it is. It is never retried, either way.
 */
public final class StandardClassifier implements FailureClassifier {

  private static final StandardClassifier INSTANCE = new StandardClassifier();

  /** Null until the first failure. Two threads may both load: the results are alike. */
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
    CauseChainClassifier walk = new CauseChainClassifier(extractors(), time);
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
