package dev.llmretry.runtime.internal;

/** Throws what the compiler does not know to be declared. */
public final class Undeclared {

  private Undeclared() {}

  /**
   * Throws {@code error} as it is.
   *
   * @param <X> what the compiler takes it for
   * @param error what is thrown
   * @return nothing
   * @throws X always: it is {@code error}
   */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  public static <X extends Throwable> X thrown(Throwable error) throws X {
    throw (X) error;
  }
}
