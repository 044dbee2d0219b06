package dev.llmretry.aspectj;

import static java.util.Objects.requireNonNull;

import dev.llmretry.runtime.RetryRuntime;

/** The runtime of all woven classes. Safe for use by several threads. */
public final class AspectJRetries {

  private static volatile RetryRuntime current = RetryRuntime.standard();

  private AspectJRetries() {}

  /** {@return the runtime of all woven classes that are not a {@link RetryRuntimeProvider}} */
  public static RetryRuntime runtime() {
    return current;
  }

  /**
   * Sets the runtime of all woven classes, for calls that begin after this call. The setting is per
   * class loader of this class.
   *
   * @param runtime the runtime; {@link RetryRuntime#standard} to restore the default
   */
  public static void use(RetryRuntime runtime) {
    current = requireNonNull(runtime, "runtime");
  }

  /**
   * Checks that retries have been woven into a class. To be called from the static initializer of a
   * class that must not run without them, or from its test.
   *
   * @param type a class with annotated methods
   * @throws IllegalStateException if the class was not processed or not woven
   */
  public static void requireWoven(Class<?> type) {
    WovenClass woven = WovenClass.of(type);
    if (!woven.isDescribed()) {
      throw WovenClass.notProcessed(type, null);
    }
    if (!woven.isWoven()) {
      throw new IllegalStateException(
          type.getName()
              + " was compiled to be woven, but nothing has woven it, so that nothing is retried."
              + " At build time, weave its classes after the compiler, with retry-aspectj as an aspect"
              + " library (aspectj-maven-plugin: weaveDirectories, aspectLibraries, forceAjcCompile);"
              + " at load time, start Java with -javaagent:aspectjweaver.jar, and let the included"
              + " packages of your META-INF/aop.xml be those of the class");
    }
  }
}
