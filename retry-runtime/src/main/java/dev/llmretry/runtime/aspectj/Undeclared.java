package dev.llmretry.runtime.aspectj;

/** Throws what the compiler does not know to be declared. */
final class Undeclared {

  private Undeclared() {}

  /**
   * Throws {@code error} as it is.
   *
   * @param <X> what the compiler takes it for
   * @return nothing
   */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  static <X extends Throwable> X thrown(Throwable error) throws X {
    throw (X) error;
  }
}
