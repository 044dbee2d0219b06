package dev.llmretry.testing.internal;

import dev.llmretry.runtime.BackoffClock;
import dev.llmretry.runtime.upstream.StoreReply;
import dev.llmretry.runtime.upstream.StoreRequest;
import dev.llmretry.runtime.upstream.UpstreamStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * A store of upstreams for tests and simulations, in memory and on a virtual clock. It can be slow,
 * fail, and forget. Safe for use by several threads.
 */
public final class InMemoryUpstreamStore implements UpstreamStore {

  private final BackoffClock clock;
  private final Map<String, StoredUpstream> upstreams = new HashMap<>();
  private final Map<StoredUpstream, List<Consumer<StoreReply>>> listeners = new HashMap<>();
  private long roundTripNanos;
  private boolean broken;
  private boolean readOnly;
  private int exchanges;

  /**
   * Creates a store that answers at once.
   *
   * @param clock the clock of the processes, for the round trips
   */
  public InMemoryUpstreamStore(BackoffClock clock) {
    this.clock = clock;
  }

  /**
   * Sets how long an exchange takes; half of it each way. 0 for at once, on the same thread.
   *
   * @param nanos the time, in nanoseconds
   */
  public synchronized void roundTrip(long nanos) {
    roundTripNanos = nanos;
  }

  /**
   * Sets whether exchanges fail, and nothing is published.
   *
   * @param fails whether requests fail
   */
  public synchronized void broken(boolean fails) {
    broken = fails;
  }

  /**
   * Sets whether requests that change the state fail.
   *
   * @param fails whether they do
   */
  public synchronized void readOnly(boolean fails) {
    readOnly = fails;
  }

  /** Forgets all states, as a server that is started again. */
  public synchronized void forget() {
    upstreams.values().forEach(StoredUpstream::forget);
  }

  /** Tells all members the states, as after connections were lost. */
  public synchronized void announce() {
    for (StoredUpstream shared : upstreams.values()) {
      publish(shared, reply -> {});
    }
  }

  /** {@return how many exchanges have begun} */
  public synchronized int exchanges() {
    return exchanges;
  }

  @Override
  public synchronized Membership join(String upstream, Consumer<StoreReply> listener) {
    StoredUpstream shared = upstreams.computeIfAbsent(upstream, name -> new StoredUpstream());
    listeners.computeIfAbsent(shared, unused -> new ArrayList<>()).add(listener);
    return request -> exchange(shared, listener, request);
  }

  private synchronized CompletionStage<StoreReply> exchange(
      StoredUpstream shared, Consumer<StoreReply> sender, StoreRequest request) {
    exchanges++;
    if (broken || (readOnly && request.change() != null)) {
      return CompletableFuture.failedFuture(new IllegalStateException("The store is gone"));
    }
    var reply = new CompletableFuture<StoreReply>();
    later(
        () -> {
          StoreReply state = shared.exchange(request, members(shared), clock.nanoTime());
          later(() -> reply.complete(state));
          if (state.changed()) {
            publish(shared, sender);
          }
        });
    return reply;
  }

  private int members(StoredUpstream shared) {
    return listeners.getOrDefault(shared, List.of()).size();
  }

  private void publish(StoredUpstream shared, Consumer<StoreReply> sender) {
    for (Consumer<StoreReply> listener : listeners.getOrDefault(shared, List.of())) {
      if (listener != sender) {
        later(() -> listener.accept(shared.state(members(shared), clock.nanoTime())));
      }
    }
  }

  private synchronized void later(Runnable action) {
    if (roundTripNanos == 0) {
      action.run();
    } else {
      var unused = clock.schedule(roundTripNanos / 2, action);
    }
  }
}
