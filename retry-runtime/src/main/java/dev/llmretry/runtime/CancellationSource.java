package dev.llmretry.runtime;

import dev.llmretry.runtime.internal.Closing;
import dev.llmretry.runtime.internal.Log;
import java.util.concurrent.locks.ReentrantLock;

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

  private final Token token = new Token();
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
    Closing.logged(parent, "A token failed to take back a registration");
  }

  /** A token and the actions registered with it, as a linked list: many calls may wait on one. */
  static final class Token implements CancellationToken {

    private final ReentrantLock lock = new ReentrantLock();
    private final Node head = new Node(this, () -> {});
    private volatile boolean cancelled;

    @Override
    public boolean isCancelled() {
      return cancelled;
    }

    @Override
    public Registration onCancel(Runnable action) {
      Node node = new Node(this, action);
      lock.lock();
      try {
        if (!cancelled) {
          node.insertBefore(head);
          return node;
        }
      } finally {
        lock.unlock();
      }
      node.run();
      return node;
    }

    void cancel() {
      lock.lock();
      try {
        if (cancelled) {
          return;
        }
        cancelled = true;
      } finally {
        lock.unlock();
      }
      // From here on the list does not change: to close a node only keeps it from running.
      while (head.next != head) {
        Node node = head.next;
        node.unlink(); // whoever keeps one keeps no other
        try {
          node.run();
        } catch (Throwable e) {
          Log.warning("An action registered with a cancellation token failed", e);
        }
      }
    }

    void remove(Node node) {
      lock.lock();
      try {
        if (!cancelled) {
          node.unlink();
        }
      } finally {
        lock.unlock();
      }
    }
  }

  private static final class Node extends OnceRunnable {

    private static final long serialVersionUID = 1;

    private final transient Token owner;
    private transient Node next = this;
    private transient Node previous = this;

    Node(Token owner, Runnable action) {
      super(action);
      this.owner = owner;
    }

    @Override
    public void close() {
      super.close();
      owner.remove(this);
    }

    void insertBefore(Node node) {
      next = node;
      previous = node.previous;
      previous.next = this;
      node.previous = this;
    }

    void unlink() {
      previous.next = next;
      next.previous = previous;
      next = this;
      previous = this;
    }
  }
}
