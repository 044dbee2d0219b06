package dev.llmretry.runtime.internal;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Looks through an exception and its causes. */
public final class Causes {

  /** Longer chains exist only as cycles, or as good as. */
  private static final int MAX_DEPTH = 64;

  private Causes() {}

  /**
   * {@return the first of {@code error}, its cause, and so on, that matches; or null}
   *
   * @param error where to begin
   * @param matches says of each whether it is looked for
   */
  public static @Nullable Throwable find(Throwable error, Predicate<? super Throwable> matches) {
    Throwable current = error;
    for (int depth = 0; current != null && depth < MAX_DEPTH; depth++) {
      if (matches.test(current)) {
        return current;
      }
      current = of(current);
    }
    return null;
  }

  /**
   * {@return the cause of {@code error}, or null if it has none} {@code getCause} can be
   * overridden, and so can throw anything: then it has none.
   *
   * @param error what to ask
   */
  public static @Nullable Throwable of(Throwable error) {
    try {
      return error.getCause();
    } catch (Throwable e) {
      return null;
    }
  }
}
