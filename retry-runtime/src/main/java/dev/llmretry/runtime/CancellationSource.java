package dev.llmretry.runtime;

import dev.llmretry.runtime.internal.cancellation.SourceToken;
import dev.llmretry.runtime.internal.util.Closeables;

/**
 * Creates and cancels a {@link CancellationToken}. Safe for use by several threads.
 *
 * <pre>{@code
 * CancellationSource source = new CancellationSource();
 * stopButton.onClick(source::cancel);
 * client.complete(request, source.token());
 * }</pre>
 */
public final class CancellationSource {

  private final SourceToken token = new SourceToken();
  private final Registration parent;

  /** Creates a source whose token is cancelled only by {@link #cancel}. */
  public CancellationSource() {
    this(CancellationToken.none());
  }

  private CancellationSource(CancellationToken parent) {
    this.parent = parent.onCancel(token::cancel);
  }

  /**
   * {@return a source whose token is also cancelled when {@code parent} is} The parent keeps a
   * reference to the source until one of them is cancelled or the source is {@linkplain #detach
   * detached}.
   *
   * @param parent the parent token
   */
  public static CancellationSource childOf(CancellationToken parent) {
    return new CancellationSource(parent);
  }

  /** {@return a source whose token is also cancelled when this one's is; see {@link #childOf}} */
  public CancellationSource child() {
    return childOf(token);
  }

  /** {@return the token that this source cancels} */
  public CancellationToken token() {
    return token;
  }

  /**
   * Cancels the token and runs the registered actions on this thread, in the order of registration.
   * An exception of an action is logged, and the other actions still run. Does nothing if the token
   * is cancelled already. Called by the actions of other tokens, nested more than 64 times, it
   * cancels the token, but the actions run only before the outermost call returns.
   */
  public void cancel() {
    detach();
    token.cancel();
  }

  /** {@return whether the token has been cancelled} */
  public boolean isCancelled() {
    return token.isCancelled();
  }

  /**
   * Detaches the source from its parent, without cancelling it. Does nothing for a source without a
   * parent.
   */
  public void detach() {
    Closeables.closeLogging(parent, Closeables.REGISTRATION);
  }
}
