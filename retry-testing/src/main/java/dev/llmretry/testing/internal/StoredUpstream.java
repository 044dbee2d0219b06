package dev.llmretry.testing.internal;

import dev.llmretry.runtime.upstream.Pace;
import dev.llmretry.runtime.upstream.StoreField;
import dev.llmretry.runtime.upstream.StoreReply;
import dev.llmretry.runtime.upstream.StoreRequest;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The state of one upstream in a store, changed by {@link StoreRequest}s. Not thread-safe. */
public final class StoredUpstream {

  /** Times are those of the store's clock. */
  private final Map<StoreField, Double> values = new EnumMap<>(StoreField.class);

  private long versions;
  private long version;

  /** Creates one without a state. */
  public StoredUpstream() {}

  /** Forgets the state. */
  public void forget() {
    values.clear();
    version = 0;
  }

  /**
   * Carries out a request.
   *
   * @param request the request
   * @param members the number of members
   * @param now the time of the store's clock, in nanoseconds
   * @return the reply
   */
  public StoreReply exchange(StoreRequest request, int members, long now) {
    boolean isCurrent = request.version() == version;
    Map<StoreField, Double> change = request.change();
    boolean changed = isCurrent && change != null;
    if (isCurrent && change != null) {
      change.forEach((field, value) -> values.put(field, value + offset(field, now)));
      version = ++versions;
    }
    List<Long> turns = new ArrayList<>();
    if (version != 0) {
      values.merge(StoreField.REFUSED, (double) request.refused(), Double::sum);
      values.merge(StoreField.SUCCEEDED, (double) request.succeeded(), Double::sum);
      for (int i = 0; i < request.begun(); i++) {
        giveOutTurn(request.pace(), now);
      }
      for (int i = 0; isCurrent && i < request.turns(); i++) {
        turns.add((long) giveOutTurn(request.pace(), now) - now);
      }
    }
    return reply(changed, members, turns, now);
  }

  private double giveOutTurn(Pace pace, long now) {
    double unused = Math.max(0, now - interval(pace, (double) now) - value(StoreField.NEXT_TURN));
    values.merge(StoreField.UNUSED, unused, Double::sum);
    double turn = value(StoreField.NEXT_TURN) + unused;
    values.put(StoreField.NEXT_TURN, turn + interval(pace, turn));
    values.merge(StoreField.BEGUN, 1.0, Double::sum);
    values.merge(StoreField.OPENED, 1.0, Double::sum);
    return turn;
  }

  private double interval(Pace pace, double time) {
    return 1e9 / pace.perSecond((time - value(StoreField.CLOSED_UNTIL)) / 1e9);
  }

  /**
   * {@return the state, without turns}
   *
   * @param members the number of members
   * @param now the time of the store's clock, in nanoseconds
   */
  public StoreReply state(int members, long now) {
    return reply(false, members, List.of(), now);
  }

  private StoreReply reply(boolean changed, int members, List<Long> turns, long now) {
    Map<StoreField, Double> state = new EnumMap<>(StoreField.class);
    values.forEach((field, value) -> state.put(field, value - offset(field, now)));
    return new StoreReply(version, changed, state, members, turns);
  }

  private static double offset(StoreField field, long now) {
    return field.isTime() ? now : 0;
  }

  private double value(StoreField field) {
    return values.getOrDefault(field, 0.0);
  }
}
