package dev.llmretry.providers.internal;

import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Calls accessors that not all supported versions of an SDK have. */
public final class Accessors {

  private Accessors() {}

  /**
   * {@return what an accessor returns; null if this version of the SDK does not have it}
   *
   * @param <T> a type that all versions have
   * @param accessor calls the accessor
   */
  public static <T> @Nullable T read(Supplier<@Nullable T> accessor) {
    try {
      return accessor.get();
    } catch (LinkageError e) {
      return null;
    }
  }

  /**
   * {@return what an accessor returns; false if this version of the SDK does not have it}
   *
   * @param accessor calls the accessor
   */
  public static boolean test(BooleanSupplier accessor) {
    try {
      return accessor.getAsBoolean();
    } catch (LinkageError e) {
      return false;
    }
  }
}
