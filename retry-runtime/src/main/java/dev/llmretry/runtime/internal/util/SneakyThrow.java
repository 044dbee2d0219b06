package dev.llmretry.runtime.internal.util;

/** Throws what the compiler does not know to be declared. */
public final class SneakyThrow {

  private SneakyThrow() {}

  /** Throws {@code error} as it is. */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  public static <X extends Throwable> X of(Throwable error) throws X {
    throw (X) error;
  }
}
