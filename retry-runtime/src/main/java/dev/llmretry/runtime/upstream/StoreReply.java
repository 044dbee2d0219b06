package dev.llmretry.runtime.upstream;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;

/**
 * The state of an upstream in an {@link UpstreamStore}. A state may be forgotten when it has not
 * been used for an hour.
 *
 * @param version the version of the state; 0 if there is none
 * @param changed whether the change of the request was made
 * @param state a value for each field; empty if there is no state
 * @param members how many processes share the upstream at the moment, this one included
 * @param turns the times at which the process may begin an attempt, in nanoseconds from now
 */
public record StoreReply(
    long version, boolean changed, Map<StoreField, Double> state, int members, List<Long> turns) {

  /**
   * Copies the collections.
   *
   * @param version the version of the state; 0 if there is none
   * @param changed whether the change of the request was made
   * @param state a value for each field; empty if there is no state
   * @param members how many processes share the upstream at the moment, this one included
   * @param turns the times at which the process may begin an attempt, in nanoseconds from now
   */
  public StoreReply {
    state = Map.copyOf(state);
    turns = List.copyOf(turns);
    if (version != 0) {
      for (StoreField field : StoreField.values()) {
        requireNonNull(state.get(field), field::name);
      }
    }
  }

  /**
   * {@return the value of a field}
   *
   * @param field the field
   * @throws NullPointerException if there is no state
   */
  public double get(StoreField field) {
    return requireNonNull(state.get(field), field::name);
  }
}
