package dev.llmretry.conformance.async;

import java.util.ArrayList;
import java.util.List;

/** Enumerates the orders in which events may happen. */
final class Permutations {

  private Permutations() {}

  /** Returns all selections of {@code count} of {@code all}, in every order. */
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
