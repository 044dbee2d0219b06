package dev.llmretry.runtime.internal.util;

import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Searches an exception and its causes. */
public final class Throwables {

  /** Chains longer than this are treated as cyclic. */
  static final int MAX_DEPTH = 64;

  private Throwables() {}

  /** Returns the first of {@code error}, its cause, and so on, that matches; or null. */
  public static @Nullable Throwable find(Throwable error, Predicate<? super Throwable> matches) {
    Throwable current = error;
    for (int depth = 0; current != null && depth < MAX_DEPTH; depth++) {
      if (matches.test(current)) {
        return current;
      }
      current = causeOf(current);
    }
    return null;
  }

  /** Returns the error of an attempt, without the wrappers of dependent stages. */
  public static Throwable unwrap(Throwable error) {
    Throwable found = find(error, Throwables::isNoWrapper);
    return found == null ? error : found;
  }

  private static boolean isNoWrapper(Throwable error) {
    boolean wraps = error instanceof CompletionException || error instanceof ExecutionException;
    return !wraps || causeOf(error) == null;
  }

  /**
   * Returns the cause of {@code error}; null if there is none, or an overridden {@code getCause}
   * throws.
   */
  public static @Nullable Throwable causeOf(Throwable error) {
    try {
      return error.getCause();
    } catch (Throwable e) {
      return null;
    }
  }

  /** Returns {@code error.toString()}; the name of its class if that throws or returns null. */
  public static String textOf(Throwable error) {
    try {
      return Objects.requireNonNullElseGet(error.toString(), error.getClass()::getName);
    } catch (Throwable e) {
      return error.getClass().getName();
    }
  }

  /** Returns the message of {@code error}; null if there is none, or {@code getMessage} throws. */
  static @Nullable String messageOf(Throwable error) {
    try {
      return error.getMessage();
    } catch (Throwable e) {
      return null;
    }
  }

  /** Returns the stack trace of {@code error}; an empty one if {@code getStackTrace} throws. */
  static StackTraceElement[] stackTraceOf(Throwable error) {
    try {
      return error.getStackTrace();
    } catch (Throwable e) {
      return new StackTraceElement[0];
    }
  }
}
