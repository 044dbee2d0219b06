package dev.llmretry.runtime.internal.cancellation;

import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.Registration;
import dev.llmretry.runtime.internal.util.Log;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The token of a {@link dev.llmretry.runtime.CancellationSource}. Its actions are a linked list,
 * for removal in constant time: many calls may share one token.
 */
public final class SourceToken implements CancellationToken {

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

  /** Cancels this token and runs the actions, unless it is cancelled already. */
  public void cancel() {
    lock.lock();
    try {
      if (cancelled) {
        return;
      }
      cancelled = true;
    } finally {
      lock.unlock();
    }
    CancellationNesting.run(this);
  }

  /**
   * Runs the actions of this token, which is cancelled. Only one thread does, and only it changes
   * the list: closing a node only keeps it from running.
   */
  void runActions() {
    while (head.next != head) {
      Node node = head.next;
      node.unlink(); // a retained registration must not retain the others
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

  private static final class Node extends RunOnce {

    private static final long serialVersionUID = 1;

    private final transient SourceToken owner;
    private transient Node next = this;
    private transient Node previous = this;

    Node(SourceToken owner, Runnable action) {
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
