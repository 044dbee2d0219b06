package dev.llmretry.runtime.internal.util;

/** Throws checked exceptions that are not declared. */
public final class SneakyThrow {

  private SneakyThrow() {}

  /** Throws {@code error}, checked or not. */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  public static <X extends Throwable> X of(Throwable error) throws X {
    throw (X) error;
  }
}
