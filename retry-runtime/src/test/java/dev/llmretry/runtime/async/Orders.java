package dev.llmretry.runtime.async;

import java.util.ArrayList;
import java.util.List;

/** Enumerates in which order things may happen. */
final class Orders {

  private Orders() {}

  /** Returns all ways to choose so many of {@code all}, in every order. */
  static <T> List<List<T>> of(List<T> all, int count) {
    if (count == 0) {
      return List.of(List.of());
    }
    List<List<T>> orders = new ArrayList<>();
    for (T first : all) {
      List<T> others = new ArrayList<>(all);
      others.remove(first);
      for (List<T> rest : of(others, count - 1)) {
        List<T> order = new ArrayList<>();
        order.add(first);
        order.addAll(rest);
        orders.add(order);
      }
    }
    return orders;
  }
}
