package dev.llmretry.providers.check;

import dev.llmretry.FailureKind;
import dev.llmretry.Rejection;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the checks have in common. */
final class Answers {

  private Answers() {}

  /** Returns the rejection of an answer in whose place the model has written a refusal. */
  static Rejection refusal() {
    return Rejection.of(FailureKind.CONTENT_FILTERED, "a refusal");
  }

  /** Returns the rejection of the first alternative if all are rejected; null if there are none. */
  static <T> @Nullable Rejection checkAll(
      List<T> alternatives, Function<T, @Nullable Rejection> check) {
    Iterator<T> each = alternatives.iterator();
    Rejection first = each.hasNext() ? check.apply(each.next()) : null;
    while (first != null && each.hasNext()) {
      if (check.apply(each.next()) == null) {
        return null;
      }
    }
    return first;
  }

  static boolean isBlank(@Nullable String text) {
    return text == null || text.isBlank();
  }
}
