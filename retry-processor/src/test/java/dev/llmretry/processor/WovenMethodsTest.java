package dev.llmretry.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.llmretry.FailureKind;
import dev.llmretry.LlmFailure;
import dev.llmretry.aspectj.AspectJRetries;
import dev.llmretry.conformance.FuturePublisher;
import dev.llmretry.conformance.ProviderError;
import dev.llmretry.conformance.TestEnvironment;
import dev.llmretry.runtime.Attempt;
import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.CancelledException;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.RetryTrace;
import dev.llmretry.testing.VirtualBackoffClock;
import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Flow.Publisher;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Methods of every shape, and classes in every relation to one another, woven in both ways. */
@ParameterizedClass
@EnumSource
@Tag("costly")
class WovenMethodsTest {

  /** Retried by the loop that is woven in; by the companion, with time-outs; and without. */
  private static final List<String> DRIVERS = List.of("InLoop", "Timed", "Owned");

  private static CompilerRun compiled;
  private static ClassLoader loader;

  private final TestEnvironment world = new TestEnvironment();

  WovenMethodsTest(Weaver weaver) {
    assertThat(weaver).isNotNull();
  }

  @BeforeParameterizedClassInvocation
  static void weave(Weaver weaver) {
    if (compiled == null) {
      compiled = WovenSources.compiled();
    }
    loader = weaver.load(compiled);
  }

  @AfterAll
  static void forget() {
    loader = null;
  }

  @BeforeEach
  void useTheVirtualClock() {
    AspectJRetries.use(world.runtime());
  }

  @AfterEach
  void useTheStandardRuntimeAgain() {
    AspectJRetries.use(RetryRuntime.standard());
    assertThat(Thread.interrupted()).isFalse();
  }

  private static Class<?> type(String name) {
    return type(loader, name);
  }

  private static Class<?> type(ClassLoader from, String name) {
    try {
      return from.loadClass("acme." + name);
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }

  private static Object make(Class<?> type, Object... arguments) {
    if (type.isEnum()) {
      return type.getEnumConstants()[0];
    }
    try {
      Constructor<?> constructor = type.getDeclaredConstructors()[0];
      constructor.setAccessible(true);
      return constructor.newInstance(arguments);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  private static Object call(String type, String method, Object... arguments) {
    return call(make(type(type)), method, arguments);
  }

  private static Object call(Object object, String method, Object... arguments) {
    return Reflection.call(object.getClass(), object, method, arguments);
  }

  private static Object callStatic(String type, String method, Object... arguments) {
    return Reflection.call(type(type), null, method, arguments);
  }

  /** Returns what it returned, or what its future resulted in. */
  private Object result(Object returned) {
    if (!(returned instanceof CompletableFuture<?> future)) {
      return returned;
    }
    world.clock.advanceUntil(future::isDone);
    Throwable error = future.handle((result, failure) -> failure).join();
    if (error != null) { // join() would replace a cancellation on later JDKs
      boolean wrapped = error instanceof CompletionException && error.getCause() != null;
      throw Reflection.<RuntimeException>sneak(wrapped ? error.getCause() : error);
    }
    return future.join();
  }

  private Throwable failing(Supplier<Object> call) {
    Throwable thrown = catchThrowable(() -> result(call.get()));
    assertThat(thrown).isNotNull();
    return thrown;
  }

  static Stream<Arguments> shapes() {
    return DRIVERS.stream()
        .flatMap(
            type ->
                Stream.of(
                        "publicMethod",
                        "protectedMethod",
                        "packagePrivateMethod",
                        "privateMethod",
                        "finalMethod",
                        "staticMethod",
                        "privateStaticMethod",
                        "genericMethod",
                        "lambdaInside",
                        "calledInALambda",
                        "calledByReference",
                        "declaring",
                        "declaringVariable",
                        "interruptible",
                        "interruptibleByException",
                        "future",
                        "staticFuture")
                    .map(method -> Arguments.of(type, method)));
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void everyMethodIsRetried(String type, String method) {
    Script.fail(2);
    assertThat(result(call(type, method))).isEqualTo("ok");
    assertThat(Script.attempts()).isEqualTo(3);
    assertThat(world.waits).containsExactly(100L, 200L);
    assertThat(world.events).containsExactly("retry 1 SERVER", "retry 2 SERVER", "success 3");
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void everyMethodThrowsTheLastErrorAsItIs(String type, String method) {
    Script.failAlways();
    Throwable thrown = failing(() -> call(type, method));
    assertThat(thrown).isSameAs(Script.failure());
    assertThat(Script.attempts()).isEqualTo(4);
    assertThat(world.events)
        .containsExactly(
            "retry 1 SERVER", "retry 2 SERVER", "retry 3 SERVER", "give up 4 ATTEMPTS_EXHAUSTED");
    String retried = method.startsWith("called") ? "privateMethod" : method;
    assertThat(RetryTrace.find(thrown).report().method()).isEqualTo("acme." + type + "." + retried);
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void everyMethodHasTheSettingsOfTheRuntime(String type, String method) {
    AspectJRetries.use(
        world.runtime().toBuilder()
            .settings(compiled -> compiled.toBuilder().maxRetries(1).build())
            .build());
    Script.failAlways();
    failing(() -> call(type, method));
    assertThat(Script.attempts()).isEqualTo(2);
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void aCallWithInvalidSettingsIsRefused(String type, String method) {
    AspectJRetries.use(
        world.runtime().toBuilder()
            .settings(compiled -> compiled.toBuilder().maxDelay(Duration.ZERO).build())
            .build());
    Script.fail(0);
    assertThat(failing(() -> call(type, method))).hasMessageStartingWith("LR003: acme.");
    assertThat(Script.attempts()).isZero();
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void everySuccessIsToldOnce(String type, String method) {
    Script.fail(0);
    assertThat(result(call(type, method))).isEqualTo("ok");
    assertThat(world.events).containsExactly("success 1");
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void everyMethodHeedsTheTokenOfTheRuntime(String type, String method) {
    Script.fail(0);
    world.application.cancel();
    assertThat(failing(() -> call(type, method))).isInstanceOf(CancelledException.class);
    assertThat(Script.attempts()).isZero();
  }

  static Stream<Arguments> nestedCalls() {
    return DRIVERS.stream()
        .flatMap(
            type ->
                Stream.of(
                        "callsAnotherOfItself",
                        "callsAStaticOne",
                        "callsAnotherClass",
                        "callsAndWraps",
                        "futureCallsFuture",
                        "futureCallsAndWraps")
                    .map(method -> Arguments.of(type, method)));
  }

  @ParameterizedTest
  @MethodSource("nestedCalls")
  void attemptsOfNestedCallsDoNotMultiply(String type, String method) {
    Script.failAlways();
    failing(() -> call(type, method));
    assertThat(Script.attempts()).isEqualTo(4);
    assertThat(world.events)
        .containsExactly(
            "retry 1 SERVER",
            "retry 2 SERVER",
            "retry 3 SERVER",
            "give up 4 ATTEMPTS_EXHAUSTED",
            "give up 1 ALREADY_RETRIED");
  }

  @ParameterizedTest
  @ValueSource(strings = {"InLoop", "Timed", "Owned"})
  void attemptsOfRecursiveCallsDoNotMultiply(String type) {
    Script.failAlways();
    failing(() -> call(type, "callsItself", 3));
    assertThat(Script.attempts()).isEqualTo(4);
  }

  static Stream<Arguments> primitives() {
    Map<String, Object> values =
        Map.of(
            "boolean",
            true,
            "byte",
            (byte) -1,
            "short",
            (short) -2,
            "char",
            'c',
            "int",
            Integer.MIN_VALUE,
            "long",
            Long.MIN_VALUE,
            "float",
            0.1f,
            "double",
            0.1);
    return DRIVERS.stream()
        .flatMap(
            type ->
                WovenSources.PRIMITIVES.stream()
                    .map(primitive -> Arguments.of(type, primitive, values.get(primitive))));
  }

  @ParameterizedTest
  @MethodSource("primitives")
  void primitivesArePassedAgainAndReturned(String type, String primitive, Object value) {
    Script.fail(1);
    assertThat(call(type, primitive + "Method", value)).isEqualTo(value);
    assertThat(Script.arguments()).containsExactly(new Object[] {value}, new Object[] {value});
  }

  @ParameterizedTest
  @ValueSource(strings = {"InLoop", "Timed", "Owned"})
  void nothingArraysAndGenericsAreReturned(String type) {
    Script.fail(1);
    assertThat(call(type, "nothing")).isNull();
    assertThat(Script.attempts()).isEqualTo(2);

    String[] values = {"a", "b"};
    Script.fail(1);
    assertThat(call(type, "array", (Object) values)).isSameAs(values);
    assertThat(Script.arguments()).allSatisfy(made -> assertThat(made[0]).isSameAs(values));

    List<String> more = List.of("c");
    Script.fail(1);
    assertThat(call(type, "generic", "x", more)).isEqualTo(List.of("x"));
    assertThat(Script.arguments()).allSatisfy(made -> assertThat(made).containsExactly("x", more));
  }

  @Test
  void typesThatNobodyElseCanNameArePassedAndReturned() {
    Script.fail(1);
    assertThat(call("WithPrivateType", "call")).hasToString("ok");
    assertThat(Script.attempts()).isEqualTo(2);
  }

  static Stream<Arguments> tokens() {
    return DRIVERS.stream()
        .flatMap(
            type ->
                Stream.of("token", "laterToken")
                    .flatMap(
                        method ->
                            IntStream.rangeClosed(1, 8)
                                .mapToObj(position -> Arguments.of(type, method, position))));
  }

  /** Arguments before the token, which is null, and after it. */
  private static Object[] arguments(String method, int position, Object token) {
    Object[] before = {1, "b", 3L, "d", 5.0, new String[] {"f"}, 'g'};
    List<Object> all = new ArrayList<>(Arrays.asList(before).subList(0, position - 1));
    all.add(token);
    if (method.equals("laterToken")) {
      all.add(9);
    }
    return all.toArray();
  }

  @ParameterizedTest
  @MethodSource("tokens")
  void aCancelledTokenPreventsTheCall(String type, String method, int position) {
    Script.fail(0);
    world.call.cancel();
    Object[] arguments = arguments(method, position, world.callToken);
    assertThat(failing(() -> call(type, method + position, arguments)))
        .isInstanceOf(CancelledException.class);
    assertThat(Script.attempts()).isZero();
    assertThat(world.events).containsExactly("give up 0 CANCELLED");
  }

  @ParameterizedTest
  @MethodSource("tokens")
  void aTokenThatIsCancelledEndsTheWait(String type, String method, int position) {
    Script.failAlways();
    world.at(150, world.call::cancel);
    Object[] arguments = arguments(method, position, world.callToken);
    assertThat(failing(() -> call(type, method + position, arguments)))
        .isInstanceOf(CancelledException.class)
        .hasCause(Script.failure());
    assertThat(Script.attempts()).isEqualTo(2);
    assertThat(world.callToken.registered()).isZero();
  }

  @ParameterizedTest
  @MethodSource("tokens")
  void aTokenOfNullCancelsNothing(String type, String method, int position) {
    Script.fail(1);
    Object[] arguments = arguments(method, position, null);
    assertThat(result(call(type, method + position, arguments))).isEqualTo("ok");
    assertThat(Script.attempts()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({"InLoop, true", "Timed, false", "Owned, true"})
  void attemptsAreMadeWithTheCallersTokenUnlessTheyAreTimed(String type, boolean isSame) {
    Script.fail(1);
    call(type, "token1", world.callToken);
    assertThat(Script.arguments())
        .hasSize(2)
        .allSatisfy(made -> assertThat(made[0] == world.callToken).isEqualTo(isSame));
    assertThat(world.callToken.registered()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "InLoop, variableToken", "Timed, variableToken", "Owned, variableToken",
    "InLoop, subtypeOfToken", "Timed, subtypeOfToken", "Owned, subtypeOfToken"
  })
  void tokensOfOtherTypesAreHeeded(String type, String method) {
    Object[] arguments =
        method.equals("variableToken")
            ? new Object[] {world.callToken}
            : new Object[] {"first", world.callToken};
    Script.failAlways();
    world.at(150, world.call::cancel);
    assertThat(failing(() -> call(type, method, arguments))).isInstanceOf(CancelledException.class);
    assertThat(Script.attempts()).isEqualTo(2);
    Script.fail(0);
    assertThat(failing(() -> call(type, method, arguments))).isInstanceOf(CancelledException.class);
    assertThat(Script.attempts()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "InLoop, nine", "Timed, nine", "Owned, nine",
    "InLoop, nineLater", "Timed, nineLater", "Owned, nineLater"
  })
  void moreThanEightArgumentsArePassed(String type, String method) {
    Object[] arguments = {1, 2L, "c", 4.0, 'e', true, List.of(), (byte) 8, "i"};
    Script.fail(1);
    assertThat(result(call(type, method, arguments))).isEqualTo("ok");
    assertThat(Script.arguments()).containsExactly(arguments, arguments);
  }

  @ParameterizedTest
  @ValueSource(strings = {"InLoop", "Timed", "Owned"})
  void aTokenInTheEighthPlaceOfNineIsHeeded(String type) {
    Script.failAlways();
    world.at(150, world.call::cancel);
    Object[] arguments = {1, 2L, "c", 4.0, 'e', true, List.of(), world.callToken, "i"};
    assertThat(failing(() -> call(type, "nineWithToken", arguments)))
        .isInstanceOf(CancelledException.class);
    assertThat(Script.arguments())
        .hasSize(2)
        .allSatisfy(made -> assertThat(made).endsWith("i").startsWith(1, 2L, "c"));
  }

  @ParameterizedTest
  @CsvSource({
    "InLoop, interruptible",
    "Timed, interruptible",
    "Owned, interruptible",
    "InLoop, interruptibleByException",
    "Timed, interruptibleByException",
    "Owned, interruptibleByException"
  })
  void whatDeclaresItThrowsAnInterruption(String type, String method) {
    Script.failAlways();
    Script.meanwhile(Thread.currentThread()::interrupt);
    assertThat(failing(() -> call(type, method)))
        .isInstanceOf(InterruptedException.class)
        .hasCause(Script.failure());
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
    assertThat(world.events).containsExactly("retry 1 SERVER", "give up 1 INTERRUPTED");
  }

  @ParameterizedTest
  @CsvSource({
    "InLoop, publicMethod", "Timed, publicMethod", "Owned, publicMethod",
    "InLoop, declaring", "Timed, declaring", "Owned, declaring",
    "InLoop, declaringVariable", "Timed, declaringVariable", "Owned, declaringVariable"
  })
  void whatDoesNotDeclareItIsCancelledByAnInterruption(String type, String method) {
    Script.failAlways();
    Script.meanwhile(Thread.currentThread()::interrupt);
    assertThat(failing(() -> call(type, method)))
        .isInstanceOf(CancelledException.class)
        .hasCause(Script.failure());
    assertThat(Thread.interrupted()).isTrue();
    assertThat(world.events).containsExactly("retry 1 SERVER", "give up 1 INTERRUPTED");
  }

  @ParameterizedTest
  @ValueSource(strings = {"InLoop", "Timed", "Owned"})
  void whatCannotPassByItselfIsThrownAtOnce(String type) {
    for (Throwable error :
        List.of(
            new ProviderError(FailureKind.UNAUTHORIZED),
            new InterruptedException("not ours"),
            new AssertionError("an Error"))) {
      Script.fail(Integer.MAX_VALUE, error);
      assertThat(failing(() -> call(type, "declaring"))).isSameAs(error);
      assertThat(Script.attempts()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"InLoop", "Timed", "Owned"})
  void exceptionsThatTakeNoTraceAreRetriedAndThrown(String type) {
    Throwable untraceable = new Untraceable();
    Script.fail(Integer.MAX_VALUE, untraceable);
    assertThat(failing(() -> call(type, "publicMethod"))).isSameAs(untraceable);
    assertThat(Script.attempts()).isEqualTo(4);
    Script.fail(Integer.MAX_VALUE, untraceable);
    assertThat(failing(() -> call(type, "callsAndWraps"))).hasRootCause(untraceable);
    assertThat(Script.attempts()).isEqualTo(4);
  }

  private static final class Untraceable extends RuntimeException implements LlmFailure {
    private static final long serialVersionUID = 1;

    Untraceable() {
      super("untraceable", null, false, true);
    }

    @Override
    public FailureKind kind() {
      return FailureKind.SERVER;
    }
  }

  static Stream<Arguments> relatives() {
    Map<String, Integer> attempts =
        Map.of(
            "Base", 6,
            "Own", 2,
            "Plain", 6,
            "Inheriting", 6,
            "SubclassWithRuntime", 6,
            "ThirdLevel", 3,
            "ThirdPlain", 2);
    return attempts.keySet().stream()
        .sorted()
        .flatMap(
            type ->
                Stream.of("ask", "timed", "later")
                    .map(method -> Arguments.of(type, method, attempts.get(type))));
  }

  @ParameterizedTest
  @MethodSource("relatives")
  void theNearestAnnotatedOverrideGoverns(String type, String method, int attempts) {
    Script.failAlways();
    assertThat(failing(() -> call(type, method, "prompt"))).isSameAs(Script.failure());
    assertThat(Script.attempts()).isEqualTo(attempts);
    assertThat(world.events)
        .hasSize(attempts)
        .last()
        .isEqualTo("give up " + attempts + " ATTEMPTS_EXHAUSTED");
  }

  @ParameterizedTest
  @MethodSource("relatives")
  void aSuccessOfASuperCallIsToldOnce(String type, String method, int attempts) {
    assertThat(attempts).isPositive();
    Script.fail(1);
    assertThat(result(call(type, method, "prompt"))).isEqualTo("base");
    assertThat(world.events).containsExactly("retry 1 SERVER", "success 2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"anonymous", "overriding"})
  void anonymousSubclassesAreRetriedAsTheClassIs(String method) {
    Object subclass = callStatic("Base", method);
    assertThat(subclass.getClass().isAnonymousClass()).isTrue();
    Script.failAlways();
    failing(() -> call(subclass, "ask", "prompt"));
    assertThat(Script.attempts()).isEqualTo(6);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Base", "Own", "ThirdPlain"})
  void privateMethodsAreNotOverridden(String type) {
    Script.failAlways();
    failing(() -> call(type, "callSecret", "prompt"));
    assertThat(Script.attempts()).isEqualTo(6);
  }

  @Test
  void staticMethodsAreNotOverridden() {
    Script.failAlways();
    failing(() -> callStatic("Own", "util", "prompt"));
    assertThat(Script.attempts()).isEqualTo(6);
  }

  @ParameterizedTest
  @CsvSource({
    "Whole, ask, 2",
    "Whole, own, 3",
    "Whole, once, 1",
    "Whole, hidden, 1",
    "Whole, util, 1",
    "Whole, hashCode, 1",
    "SubclassOfWhole, ask, 2",
    "SubclassOfWhole, added, 1",
    "SubclassOfWhole, own, 3",
    "ReplacingSubclassOfWhole, ask, 1",
    "TimedSubclassOfWhole, ask, 3",
    "WholeWithRuntime, ask, 2",
    "WithoutRuntime, ask, 2",
    "OfWholeInterface, ask, 1",
    "OfWholeInterface, preset, 1",
    "OfChat, ask, 1",
    "OfChat, preset, 1",
    "OfChat, later, 1",
    "RetryingItself, ask, 4",
    "RetryingItself, later, 4",
    "Composed, ask, 2",
    "Composed, later, 2",
    "Composed, here, 2",
    "ComposedTwice, twice, 2",
    "ComposedWhole, ask, 2",
    "ComposedWhole, hidden, 1",
    "BoundedWhole, ask, 2",
    "Model, ask, 2",
    "WholeModel, ask, 2",
    "Outer$Odd$In$ner, ask, 2",
    "Whole$Nested, ask, 1",
    "Whole$NestedSubclass, ask, 1",
    "WholeInterface$Nested, ask, 1",
    "FirstFailure, ask, 2"
  })
  void attemptsAreThoseOfTheAnnotation(String type, String method, int attempts) {
    Script.failAlways();
    assertThat(failing(() -> call(type, method))).isSameAs(Script.failure());
    assertThat(Script.attempts()).isEqualTo(attempts);
  }

  @ParameterizedTest
  @CsvSource({
    "TimedWhole, ask, 2",
    "Composed, bounded, 3",
    "ComposedWhole, bounded, 3",
    "BoundedWhole, bounded, 3"
  })
  void timeLimitsOfTypesAndComposedAnnotationsHold(String type, String method, int attempts) {
    Script.failAlways();
    failing(() -> call(type, method, world.callToken));
    assertThat(Script.arguments())
        .hasSize(attempts)
        .allSatisfy(made -> assertThat(made[0]).isNotSameAs(world.callToken));
  }

  @Test
  void methodsOfObjectAndCloseAreNotRetriedWithTheirClass() {
    Object whole = make(type("Whole"));
    Script.failAlways();
    failing(whole::toString);
    assertThat(Script.attempts()).isEqualTo(1);
    Script.failAlways();
    failing(() -> whole.equals("other"));
    assertThat(Script.attempts()).isEqualTo(1);
    Script.failAlways();
    assertThat(catchThrowable(((AutoCloseable) whole)::close)).isSameAs(Script.failure());
    assertThat(Script.attempts()).isEqualTo(1);
  }

  @Test
  void methodsWithTheirNamesAreRetriedWithTheirClass() throws Exception {
    Object whole = make(type("Whole"));
    for (var method : type("Whole").getDeclaredMethods()) {
      boolean isOverload =
          (method.getName().equals("close") && method.getParameterCount() == 1)
              || (method.getName().equals("toString") && method.getParameterCount() == 1)
              || (method.getName().equals("equals") && method.getParameterCount() == 2);
      if (isOverload) {
        method.setAccessible(true);
        Script.fail(1);
        switch (method.getName()) {
          case "close" -> method.invoke(whole, 1);
          case "toString" -> method.invoke(whole, "format");
          default -> method.invoke(whole, whole, 1);
        }
        assertThat(Script.attempts()).as(method.getName()).isEqualTo(2);
      }
    }
  }

  @Test
  void anonymousClassesInAnAnnotatedClassAreNotRetriedWithIt() {
    Object supplier = call("Whole", "anonymous");
    Script.failAlways();
    failing(() -> call(supplier, "get"));
    assertThat(Script.attempts()).isEqualTo(1);
  }

  @Test
  void constructorsAreNotRetried() {
    Script.failAlways();
    assertThat(catchThrowable(() -> callStatic("Constructing", "make"))).isSameAs(Script.failure());
    assertThat(Script.attempts()).isEqualTo(1);
  }

  @Test
  void constantsWithABodyAreRetriedAsTheirEnum() {
    for (String type : List.of("Model", "WholeModel")) {
      Object large = type(type).getEnumConstants()[1];
      Script.failAlways();
      failing(() -> call(large, "ask"));
      assertThat(Script.attempts()).as(type).isEqualTo(2);
    }
  }

  @Test
  void recordsAreRetried() {
    Script.failAlways();
    failing(() -> call(make(type("Question"), "text", 1), "ask"));
    assertThat(Script.attempts()).isEqualTo(2);
    Script.failAlways();
    Object whole = make(type("WholeRecord"), world.runtime(), "name");
    failing(() -> call(whole, "ask"));
    assertThat(Script.attempts()).isEqualTo(2);
    assertThat(call(whole, "name")).isEqualTo("name");
    assertThat(whole.toString()).startsWith("WholeRecord[").endsWith("name=name]");
  }

  @Test
  void attemptsReplaceTheParameter() {
    Attempt passed = Attempt.first();
    Script.fail(1);
    assertThat(call("Attempted", "plain", passed)).isEqualTo("2 true");
    Script.fail(1);
    assertThat(call("Attempted", "timed", "prompt", CancellationToken.none(), passed))
        .isEqualTo("2 true");
  }

  @Test
  void parametersThatAreNotExactlyAttemptArePassedAsTheyAre() {
    Script.fail(1);
    assertThat(call("Attempted", "bounded", Attempt.first())).isEqualTo("1");
    assertThat(Script.attempts()).isEqualTo(2);
    Script.fail(1);
    Object several = new Attempt[] {Attempt.first(), Attempt.first()};
    assertThat(call("Attempted", "several", several)).isEqualTo("2");
    assertThat(Script.attempts()).isEqualTo(2);
  }

  @Test
  void innerClassesOfGenericOnesAreRetried() {
    for (String method : List.of("ask", "timed")) {
      Script.failAlways();
      failing(() -> call(callStatic("Generic", "make"), method));
      assertThat(Script.attempts()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ask", "later"})
  void aWovenDelegateBehindAWrapperIsRetriedOnce(String method) {
    Object wrapper = callStatic("Behind", "of", make(type("RetryingItself")));
    Script.failAlways();
    failing(() -> call(wrapper, method));
    assertThat(Script.attempts()).isEqualTo(4);
    assertThat(world.events)
        .endsWith("give up 4 ATTEMPTS_EXHAUSTED", "give up 1 ALREADY_RETRIED")
        .hasSize(5);
    Script.fail(2);
    assertThat(result(call(wrapper, method))).isEqualTo("ok");
    assertThat(Script.attempts()).isEqualTo(3);
  }

  @Test
  void aDelegateThatIsNotAnnotatedIsRetriedByItsWrapperAlone() {
    Object wrapper = callStatic("Behind", "of", make(type("OfChat")));
    Script.failAlways();
    failing(() -> call(wrapper, "ask"));
    assertThat(Script.attempts()).isEqualTo(4);
  }

  @Test
  void streamsPublishersAndCallbacksAreRetried() throws Exception {
    Script.fail(1);
    assertThat(((Stream<?>) call("Streaming", "untilFirst")).toList()).isEqualTo(List.of("ok"));
    assertThat(Script.attempts()).isEqualTo(2);

    Script.fail(1);
    assertThat(((Stream<?>) call("Streaming", "opening")).toList()).isEqualTo(List.of("ok"));
    assertThat(Script.attempts()).isEqualTo(2);

    for (String method : List.of("consumer", "replayed")) {
      List<String> heard = new ArrayList<>();
      Script.fail(1);
      call("Streaming", method, (Consumer<String>) heard::add);
      assertThat(heard).containsExactly("ok");
      assertThat(Script.attempts()).isEqualTo(2);
    }

    Script.fail(1);
    @SuppressWarnings("unchecked")
    var publisher = (Publisher<String>) call("Streaming", "publisher");
    assertThat(result(FuturePublisher.last(publisher))).isEqualTo("ok");
    assertThat(Script.attempts()).isEqualTo(2);
  }

  @Test
  void twoFirstFailuresAtOnceAreBothRetried() throws Exception {
    AspectJRetries.use(RetryRuntime.builder().clock(VirtualBackoffClock.autoAdvancing()).build());
    Object client = make(type("Streaming"));
    var together = new CyclicBarrier(2);
    Script.fail(2);
    Script.meanwhile(
        () ->
            Reflection.unchecked(
                () -> Script.attempts() <= 2 ? together.await(1, TimeUnit.MINUTES) : 0));
    List<Throwable> errors = Collections.synchronizedList(new ArrayList<>());
    Runnable task =
        () -> {
          Throwable thrown = catchThrowable(() -> call(client, "opening"));
          if (thrown != null) {
            errors.add(thrown);
          }
        };
    Thread other = new Thread(task);
    other.start();
    task.run();
    other.join();
    assertThat(errors).isEmpty();
    assertThat(Script.attempts()).isEqualTo(4);
  }

  @Test
  void aCompanionThatCannotBeInitialisedHidesNoError() {
    Script.failAlways();
    AspectJRetries.use(RetryRuntime.standard());
    for (int i = 0; i < 2; i++) {
      Throwable thrown = failing(() -> call("BrokenCompanion", "ask"));
      assertThat(thrown).isInstanceOf(IllegalStateException.class).hasMessageContaining("acme.");
      assertThat(thrown).hasCause(Script.failure());
      assertThat(Script.attempts()).isEqualTo(i + 1);
    }
  }

  @Test
  void wovenClassesAreKnownToBeWoven() {
    for (String name :
        List.of("InLoop", "Timed", "Owned", "Own", "WholeModel", "Outer$Odd$In$ner")) {
      AspectJRetries.requireWoven(type(name));
    }
  }

  @Test
  void companionsAreNotPublic() {
    assertThat(Modifier.isPublic(type("WovenInLoop").getModifiers())).isFalse();
  }
}
