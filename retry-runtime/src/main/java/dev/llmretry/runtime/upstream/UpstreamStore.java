package dev.llmretry.runtime.upstream;

import dev.llmretry.runtime.Upstream;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * Keeps the state of upstreams for a fleet of processes, so that together they behave towards a
 * provider like one process: see {@link Upstream.Builder#store}. The state is a number for each
 * {@link StoreField}, and a version. The runtime decides what is in it; a store only adds counts
 * and gives out turns, as {@link StoreRequest} describes.
 *
 * <p>A store is used only while calls are held back, and no thread blocks on it. If it fails, or
 * does not answer within 50 ms, the process continues without it for a second, and then tries
 * again.
 *
 * <p>Implementations are safe for use by several threads.
 */
public interface UpstreamStore {

  /**
   * Joins the processes that share an upstream.
   *
   * <p>Must neither block nor fail if the store cannot be reached; it is tried again with each
   * exchange.
   *
   * @param upstream the name of the upstream
   * @param listener receives the state, without turns, when another member has changed it, and when
   *     such a change may have been missed; may be called by any thread, also by several at once
   * @return the membership
   */
  Membership join(String upstream, Consumer<StoreReply> listener);

  /**
   * The membership of one process in one upstream. It ends with the process or its connection: the
   * store finds out by itself.
   */
  interface Membership {

    /**
     * Carries out a request, atomically, and replies with the state after it.
     *
     * <p>Must not block. The request may be dropped if the store cannot be reached, but must not be
     * kept until it can: its turns would be lost.
     *
     * @param request the request
     * @return the reply; a failure if the store cannot be reached
     */
    CompletionStage<StoreReply> exchange(StoreRequest request);
  }
}
