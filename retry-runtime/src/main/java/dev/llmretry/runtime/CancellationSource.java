package dev.llmretry.runtime;

import dev.llmretry.runtime.internal.cancellation.SourceToken;
import dev.llmretry.runtime.internal.util.Closeables;

/**
 * Cancels a {@link CancellationToken}. Safe for use by any thread.
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

  /** Makes a source whose token is cancelled by {@link #cancel} alone. */
  public CancellationSource() {
    this(CancellationToken.none());
  }

  private CancellationSource(CancellationToken parent) {
    this.parent = parent.onCancel(token::cancel);
  }

  /**
   * {@return a source whose token is also cancelled when {@code parent} is} The parent refers to it
   * until one of them is cancelled or the child is {@linkplain #detach detached}.
   *
   * @param parent the token to depend on
   */
  public static CancellationSource childOf(CancellationToken parent) {
    return new CancellationSource(parent);
  }

  /** {@return a source whose token is also cancelled when this one's is; see {@link #childOf}} */
  public CancellationSource child() {
    return childOf(token);
  }

  /** {@return the token to hand out} */
  public CancellationToken token() {
    return token;
  }

  /**
   * Cancels the token, and runs what was registered with it, on this thread and in the order of
   * registration. An action that throws is logged and keeps none of the others from running. Does
   * nothing if the token is cancelled already.
   */
  public void cancel() {
    detach();
    token.cancel();
  }

  /** {@return whether the token has been cancelled} */
  public boolean isCancelled() {
    return token.isCancelled();
  }

  /** Cuts the tie to the parent, without cancelling. Does nothing for a source without a parent. */
  public void detach() {
    Closeables.closeLogging(parent, Closeables.REGISTRATION);
  }
}
