package dev.llmretry.processor;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/** Calls of classes that did not exist yet when the tests were compiled. */
final class Reflection {

  private Reflection() {}

  /** Calls the method of that name, of a class or of one that it extends; private ones too. */
  static Object call(Class<?> type, Object object, String name, Object... arguments) {
    try {
      Method method = find(type, name);
      method.setAccessible(true);
      return method.invoke(object, arguments);
    } catch (InvocationTargetException e) {
      throw Reflection.<RuntimeException>sneak(e.getCause());
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }

  private static Method find(Class<?> type, String name) {
    for (Class<?> each = type; each != null; each = each.getSuperclass()) {
      Method found =
          Stream.concat(Stream.of(each.getDeclaredMethods()), Stream.of(each.getMethods()))
              .filter(method -> method.getName().equals(name) && !method.isBridge())
              .findFirst()
              .orElse(null);
      if (found != null) {
        return found;
      }
    }
    throw new AssertionError(type + " has no method " + name);
  }

  /** Throws what is thrown, checked or not. */
  static <R> R unchecked(Callable<R> action) {
    try {
      return action.call();
    } catch (Exception e) {
      throw Reflection.<RuntimeException>sneak(e);
    }
  }

  /** Throws {@code error} as it is. */
  @SuppressWarnings("unchecked")
  static <X extends Throwable> RuntimeException sneak(Throwable error) throws X {
    throw (X) error;
  }
}
