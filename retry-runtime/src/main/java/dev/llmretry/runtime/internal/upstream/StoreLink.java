package dev.llmretry.runtime.internal.upstream;

import static java.util.Objects.requireNonNull;

import dev.llmretry.runtime.internal.util.Log;
import dev.llmretry.runtime.upstream.StoreReply;
import dev.llmretry.runtime.upstream.StoreRequest;
import dev.llmretry.runtime.upstream.UpstreamStore;
import dev.llmretry.runtime.upstream.UpstreamStore.Membership;
import java.util.concurrent.CompletionStage;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How an upstream reaches the store through which processes share its gate. Logs when the store is
 * gone, and when it answers again. Except for {@link Exchange}, guarded by the upstream's lock.
 */
final class StoreLink {

  private final SharedUpstream upstream;
  private final Membership membership;

  /** Null before the first runtime uses the upstream. */
  private @Nullable FleetGate gate;

  private boolean wasDetached;

  /** Of the last request; null if it has not failed. */
  private @Nullable Throwable failure;

  StoreLink(SharedUpstream upstream, UpstreamStore store) {
    this.upstream = upstream;
    this.membership =
        requireNonNull(
            store.join(upstream.name(), this::onPublished), "the store returned no membership");
  }

  /** Returns a new gate that is shared. */
  FleetGate createGate(DoubleSupplier random) {
    gate = new FleetGate(random);
    return gate;
  }

  /** Goes on without the store if a reply is overdue that calls wait for. */
  void checkOverdue(long now) {
    if (gate != null) {
      gate.checkOverdue(now);
    }
  }

  /**
   * Returns what to tell the store, and the log, without the lock; null for nothing.
   *
   * @param awake whether anything is limited, if only by a budget
   * @param waiting how many calls wait for their turn
   */
  @Nullable Exchange next(boolean awake, int waiting, long now) {
    if (gate == null) {
      return null;
    }
    StoreRequest request = gate.request(awake, waiting, now);
    boolean isDetached = gate.isDetached();
    boolean hasChanged = isDetached != wasDetached;
    wasDetached = isDetached;
    return request == null && !hasChanged
        ? null
        : new Exchange(request, gate.requests(), hasChanged, isDetached, failure);
  }

  private void onPublished(StoreReply reply) {
    upstream.update(
        clock -> {
          if (gate != null) {
            gate.onPublished(reply, clock.getAsLong());
          }
        });
  }

  private void onReply(int number, @Nullable StoreReply reply, @Nullable Throwable error) {
    upstream.update(
        clock -> {
          FleetGate shared = requireNonNull(gate, "no request has been sent");
          if (shared.isAwaited(number)) {
            failure = error;
          }
          shared.onReply(number, reply, clock.getAsLong());
        });
  }

  /** What is to be done after the lock has been released. */
  final class Exchange {

    private final @Nullable StoreRequest request;
    private final int number;
    private final boolean hasChanged;
    private final boolean isDetached;
    private final @Nullable Throwable failure;

    private Exchange(
        @Nullable StoreRequest request,
        int number,
        boolean hasChanged,
        boolean isDetached,
        @Nullable Throwable failure) {
      this.request = request;
      this.number = number;
      this.hasChanged = hasChanged;
      this.isDetached = isDetached;
      this.failure = failure;
    }

    /** Logs a change, and sends the request. The reply may come at once. */
    void perform() {
      if (hasChanged) {
        log();
      }
      if (request != null) {
        send(request);
      }
    }

    private void send(StoreRequest request) {
      try {
        CompletionStage<StoreReply> reply = membership.exchange(request);
        requireNonNull(reply, "the store returned no reply");
        var unused = reply.whenComplete((answer, error) -> onReply(number, answer, error));
      } catch (Throwable e) {
        onReply(number, null, e);
      }
    }

    private void log() {
      if (!isDetached) {
        Log.debug(() -> upstream + ": its store answers again");
        return;
      }
      String problem = failure == null ? "does not answer within 50 ms" : "fails";
      String store = upstream + ": its store ";
      Log.warningOf(
          store,
          store
              + problem
              + ". Until it answers, this process goes on alone, with its share of the rate.",
          failure);
    }
  }
}
