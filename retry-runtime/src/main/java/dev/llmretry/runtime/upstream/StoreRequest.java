package dev.llmretry.runtime.upstream;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a process asks of an {@link UpstreamStore}, to be carried out in this order:
 *
 * <ol>
 *   <li>If the state has {@code version} and there is a {@code change}, it replaces the state,
 *       which gets a higher version, never used before; the other members are told.
 *   <li>If there is a state, {@link StoreField#REFUSED} and {@link StoreField#SUCCEEDED} are
 *       increased by {@code refused} and {@code succeeded}, and for each of {@code begun} a turn is
 *       given out, but not returned.
 *   <li>If the state had {@code version}, and that is not 0 unless there is a {@code change},
 *       {@code turns} turns are given out and returned.
 * </ol>
 *
 * <p>To give out a turn: if {@link StoreField#NEXT_TURN} is longer ago than one interval of the
 * {@code pace} at this moment, the excess is added to {@link StoreField#UNUSED}, and it is moved to
 * that time. It is the turn; then it is moved by one interval of the pace at that turn, and {@link
 * StoreField#BEGUN} and {@link StoreField#OPENED} are increased by one.
 *
 * @param version the version that the process knows; 0 for none
 * @param begun how many attempts the process has begun without a turn
 * @param refused how many attempts the provider has refused
 * @param succeeded 1 to report that attempts succeed, else 0
 * @param turns how many turns it needs, at most two
 * @param pace the rate of turns
 * @param change the state that replaces the one of this version; null for none
 */
public record StoreRequest(
    long version,
    int begun,
    int refused,
    int succeeded,
    int turns,
    Pace pace,
    @Nullable Map<StoreField, Double> change) {}
