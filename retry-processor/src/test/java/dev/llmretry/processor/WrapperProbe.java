package dev.llmretry.processor;

import dev.llmretry.FailureKind;
import dev.llmretry.LlmFailure;
import dev.llmretry.conformance.TestEnvironment;
import dev.llmretry.processor.read.ConfigurationNames;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Proxy;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.BaseStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Calls the methods of the wrapper of a {@link SubInterface}, whose delegate fails at first. */
final class WrapperProbe {

  private static final Map<Class<?>, Object> PRIMITIVES =
      Map.of(
          boolean.class,
          true,
          byte.class,
          (byte) 7,
          short.class,
          (short) 7,
          char.class,
          '7',
          long.class,
          7L,
          float.class,
          7f,
          double.class,
          7d);

  private final Class<?> type;
  private final Object wrapper;
  private final List<String> problems = new ArrayList<>();

  /** The arguments that arrived at the delegate. */
  private final List<List<Object>> attempts = new ArrayList<>();

  private String expectedName = "";
  private Object result;

  /**
   * What became of all methods.
   *
   * @param retried the number of those that are retried
   * @param unretried the number of the others
   * @param problems what went wrong
   */
  record Outcome(int retried, int unretried, List<String> problems) {}

  private static final class Overloaded extends RuntimeException implements LlmFailure {

    private static final long serialVersionUID = 1;

    @Override
    public FailureKind kind() {
      return FailureKind.OVERLOADED;
    }
  }

  /** Calls all methods of all wrappers. */
  static Outcome probe(CompilerRun run) throws ReflectiveOperationException {
    ClassLoader loader = run.classLoader();
    int retried = 0;
    int unretried = 0;
    List<String> problems = new ArrayList<>();
    for (String wrapper : run.generatedSources().keySet()) {
      WrapperProbe probe = new WrapperProbe(loader.loadClass(wrapper.replace("Retrying", "")));
      for (Method method : probe.methods()) {
        problems.addAll(probe.probe(method));
        if (probe.isRetried(method)) {
          retried++;
        } else {
          unretried++;
        }
      }
    }
    return new Outcome(retried, unretried, problems);
  }

  private WrapperProbe(Class<?> type) throws ReflectiveOperationException {
    this.type = type;
    Constructor<?> constructor =
        Stream.of(
                type.getClassLoader()
                    .loadClass(type.getPackageName() + ".Retrying" + type.getSimpleName())
                    .getConstructors())
            .filter(each -> each.getParameterCount() == 2)
            .findFirst()
            .orElseThrow();
    Class<?> delegate = constructor.getParameterTypes()[0];
    this.wrapper =
        constructor.newInstance(proxy(delegate, this::attempt), new TestEnvironment().runtime());
  }

  private List<Method> methods() {
    return Stream.of(wrapper.getClass().getDeclaredMethods())
        .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isBridge())
        .filter(method -> !method.getName().equals("toString"))
        .toList();
  }

  /** What the annotated interface declares itself has opted out. */
  private boolean isRetried(Method method) {
    boolean isClose =
        wrapper instanceof AutoCloseable
            && method.getName().equals("close")
            && method.getParameterCount() == 0;
    return !isClose
        && !isAccessor(method)
        && Stream.of(type.getDeclaredMethods()).noneMatch(own -> isSameMethod(own, method));
  }

  /** No annotation of a type covers inherited methods that make no request. */
  private boolean isAccessor(Method method) {
    Class<?> returned = method.getReturnType();
    if (returned.isInterface()
        && returned.isAssignableFrom(type)
        && ConfigurationNames.isCopying(method.getName())) {
      return true;
    }
    boolean isPlain =
        Stream.of(BaseStream.class, Iterator.class, Enumeration.class, CompletionStage.class)
            .noneMatch(lazy -> lazy.isAssignableFrom(returned));
    return method.getParameterCount() == 0
        && returned != void.class
        && isPlain
        && Stream.of(method.getExceptionTypes()).allMatch(RuntimeException.class::isAssignableFrom)
        && (ConfigurationNames.isAccessor(method.getName())
            || isConfiguration(method.getGenericReturnType())
            || isClient(returned));
  }

  private static boolean isConfiguration(Type type) {
    if (type instanceof ParameterizedType parameterized) {
      return isConfiguration(parameterized.getRawType())
          || Stream.of(parameterized.getActualTypeArguments())
              .anyMatch(WrapperProbe::isConfiguration);
    }
    return type instanceof Class<?> plain
        && (plain.isArray()
            ? isConfiguration(plain.getComponentType())
            : !plain.isPrimitive() && ConfigurationNames.isType(plain.getSimpleName()));
  }

  private static boolean isClient(Class<?> type) {
    return type.isInterface()
        && !isOfTheJdk(type)
        && Stream.of(type.getMethods())
            .anyMatch(
                method ->
                    method.getParameterCount() > 0 && !Modifier.isStatic(method.getModifiers()));
  }

  private static boolean isOfTheJdk(Class<?> type) {
    return type.getName().startsWith("java.")
        || Stream.of(type.getInterfaces()).anyMatch(WrapperProbe::isOfTheJdk);
  }

  private static boolean isSameMethod(Method one, Method other) {
    return one.getName().equals(other.getName())
        && Arrays.equals(one.getParameterTypes(), other.getParameterTypes());
  }

  private List<String> probe(Method method) throws IllegalAccessException {
    problems.clear();
    attempts.clear();
    expectedName = method.getName();
    result = value(method.getReturnType(), 0);
    List<Object> arguments = new ArrayList<>();
    for (Class<?> parameter : method.getParameterTypes()) {
      arguments.add(value(parameter, arguments.size()));
    }
    boolean retried = isRetried(method);
    try {
      Object returned = method.invoke(wrapper, arguments.toArray());
      expect(retried, "it did not fail");
      expect(isSame(returned, result), "it returned " + returned);
    } catch (InvocationTargetException e) {
      expect(!retried && e.getCause() instanceof Overloaded, "it failed: " + e.getCause());
    }
    expect(attempts.size() == (retried ? 2 : 1), attempts.size() + " attempts");
    expect(
        attempts.stream().allMatch(passed -> areSame(passed, arguments)), "arguments " + attempts);
    return problems.stream().map(problem -> method.toGenericString() + ": " + problem).toList();
  }

  private void expect(boolean condition, String problem) {
    if (!condition) {
      problems.add(problem);
    }
  }

  private Object attempt(Object proxy, Method method, Object[] arguments) {
    expect(method.getName().equals(expectedName), method + " was called");
    attempts.add(arguments == null ? List.of() : Arrays.asList(arguments));
    if (attempts.size() == 1) {
      throw new Overloaded();
    }
    return result;
  }

  private static boolean areSame(List<Object> some, List<Object> others) {
    return some.size() == others.size()
        && IntStream.range(0, some.size())
            .allMatch(index -> isSame(some.get(index), others.get(index)));
  }

  /** Primitives are boxed on their way; a future is the wrapper's own. */
  private static boolean isSame(Object one, Object other) {
    if (one instanceof CompletableFuture<?> future && other instanceof CompletableFuture<?> given) {
      return future.getNow(null) == given.getNow(null);
    }
    boolean isPrimitive =
        one instanceof Number || one instanceof Boolean || one instanceof Character;
    return isPrimitive ? one.equals(other) : one == other;
  }

  /** Returns something of a type: not its default, and not the same twice, where that is easy. */
  private Object value(Class<?> wanted, int index) {
    if (wanted == int.class) {
      return 7 + index;
    }
    if (wanted.isPrimitive()) {
      return PRIMITIVES.get(wanted);
    }
    if (wanted.isArray()) {
      return Array.newInstance(wanted.getComponentType(), 1);
    }
    if (wanted.isAssignableFrom(String.class)) {
      return "value " + index;
    }
    if (wanted.isAssignableFrom(CompletableFuture.class)) {
      return CompletableFuture.completedFuture("value " + index);
    }
    boolean canBeProxy =
        wanted.isInterface() && Modifier.isPublic(wanted.getModifiers()) && !wanted.isSealed();
    return canBeProxy ? proxy(wanted, (proxy, method, arguments) -> null) : null;
  }

  private Object proxy(Class<?> wanted, InvocationHandler handler) {
    return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {wanted}, handler);
  }
}
