package dev.llmretry.aspectj;

import static java.util.Objects.requireNonNull;

import dev.llmretry.runtime.RetryRuntime;

/** The settings of all woven classes. Safe for use by several threads. */
public final class AspectJRetries {

  private static volatile RetryRuntime current = RetryRuntime.standard();

  private AspectJRetries() {}

  /**
   * {@return the runtime of all woven classes that do not {@linkplain RetryRuntimeProvider have
   * one}}
   */
  public static RetryRuntime runtime() {
    return current;
  }

  /**
   * Sets the runtime of all woven classes: for calls that begin from now on. There is one for each
   * class loader that has this class.
   *
   * @param runtime {@link RetryRuntime#standard} to undo it
   */
  public static void use(RetryRuntime runtime) {
    current = requireNonNull(runtime, "runtime");
  }

  /**
   * Checks that the retries of a class have been woven in. A class that cannot do without says so
   * in its static initializer, or a test for it.
   *
   * @param type a class with annotated methods
   * @throws IllegalStateException if the weaver has not seen it, or the processor has not
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
