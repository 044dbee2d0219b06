package dev.llmretry.aspectj;

import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.generated.WrapperRuntime;
import dev.llmretry.runtime.internal.execution.RetryExecution;
import dev.llmretry.runtime.internal.upstream.SharedUpstream;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.concurrent.ConcurrentHashMap;
import org.aspectj.lang.JoinPoint;
import org.aspectj.lang.reflect.MethodSignature;
import org.jspecify.annotations.Nullable;

/**
 * The retries of one class, as {@linkplain #describe described} by its companion, the class that
 * the processor generates for it. The companion is initialised on first use, and registers its
 * description then.
 *
 * <p>Methods are identified by name and erased parameter types, as in {@code
 * ask(java.lang.String,int[])}; types are written as by {@link Class#getTypeName}.
 */
public final class WovenClass {

  private static final ClassValue<WovenClass> ALL =
      new ClassValue<>() {
        @Override
        protected WovenClass computeValue(Class<?> type) {
          return new WovenClass(type);
        }
      };

  private final Class<?> type;
  private final Map<JoinPoint.StaticPart, WovenMethod> byPlace = new ConcurrentHashMap<>();
  private volatile @Nullable Description description;
  private volatile @Nullable LinkageError companionBroken;
  private volatile boolean companionLoaded;
  private volatile @Nullable Sharing sharing;

  private WovenClass(Class<?> type) {
    this.type = type;
  }

  /** Returns the retries of a class, after loading its companion. */
  static WovenClass of(Class<?> type) {
    WovenClass result = ALL.get(type);
    result.loadCompanion();
    return result;
  }

  /** Loads and initialises the companion, if there is one. No other class is loaded by name. */
  private void loadCompanion() {
    if (companionLoaded) {
      return;
    }
    String name = type.getName();
    int simple = name.lastIndexOf('.') + 1;
    String companion =
        name.substring(0, simple) + "Woven" + name.substring(simple).replace('$', '_');
    try {
      Class.forName(companion, true, type.getClassLoader());
    } catch (ClassNotFoundException e) {
      description = null; // none: not annotated, or not seen by the processor
    } catch (LinkageError e) { // must not replace the error of an attempt
      companionBroken = e;
    }
    companionLoaded = true;
  }

  /**
   * Starts the description of a class, for its companion.
   *
   * @param type the class
   * @param isWoven whether the companion, and so the class, has been woven
   * @return the description, to be completed and registered by the companion
   */
  public static Description describe(Class<?> type, boolean isWoven) {
    return new Description(type, isWoven);
  }

  /**
   * Returns how a method is retried at a join point.
   *
   * @param place the join point: a method of a woven class
   * @param self the instance, or null
   * @param error the error of the first attempt, or null
   * @return null for a {@code super} call from an attempt of an overriding method, which is not
   *     retried itself
   * @throws IllegalStateException if the processor has not processed the method
   */
  static @Nullable WovenMethod method(
      JoinPoint.StaticPart place, @Nullable Object self, @Nullable Exception error) {
    Class<?> type = place.getSignature().getDeclaringType();
    WovenMethod method = of(type).method(place, error);
    boolean isOverridden =
        self != null && self.getClass() != type && isOverridden(place, type, self.getClass());
    return isOverridden ? null : method;
  }

  /** Returns whether attempts have to be admitted by the upstream of a class at this moment. */
  static boolean needsAdmission(JoinPoint.StaticPart place) {
    return !SharedUpstream.areClassesDormant()
        && ALL.get(place.getSignature().getDeclaringType()).needsAdmission();
  }

  private boolean needsAdmission() {
    Sharing known = sharing;
    return known != null && RetryExecution.needsAdmission(known.shared);
  }

  /** Returns the runtime of a class, with the upstream that its instances share. */
  static RetryRuntime runtimeOf(JoinPoint.StaticPart place, RetryRuntime runtime) {
    return of(place.getSignature().getDeclaringType()).sharing(runtime);
  }

  private RetryRuntime sharing(RetryRuntime runtime) {
    Sharing known = sharing;
    if (known == null || known.original != runtime) {
      known = new Sharing(runtime, WrapperRuntime.of(runtime, type, policies()));
      sharing = known;
    }
    return known.shared;
  }

  private RetryPolicy[] policies() {
    Description described = description;
    return described == null
        ? new RetryPolicy[0]
        : described.methods.values().stream().map(WovenMethod::policy).toArray(RetryPolicy[]::new);
  }

  private WovenMethod method(JoinPoint.StaticPart place, @Nullable Exception error) {
    WovenMethod known = byPlace.get(place);
    if (known == null) {
      Description described = description;
      known = described == null ? null : described.methods.get(idOf(place));
      if (known == null) {
        throw unknown(error);
      }
      byPlace.put(place, known);
    }
    return known;
  }

  private IllegalStateException unknown(@Nullable Exception error) {
    IllegalStateException unknown = notProcessed(type, error);
    LinkageError broken = companionBroken;
    if (broken != null) {
      unknown.addSuppressed(broken);
    }
    return unknown;
  }

  /**
   * Returns whether a subclass overrides the method with a retried one, so that this is a {@code
   * super} call.
   */
  private static boolean isOverridden(JoinPoint.StaticPart place, Class<?> declaring, Class<?> of) {
    String id = declaring.getName() + "." + idOf(place);
    for (Class<?> type = of; type != null && type != declaring; type = type.getSuperclass()) {
      Description described = of(type).description;
      if (described != null && described.overridden.contains(id)) {
        return true;
      }
    }
    return false;
  }

  private static String idOf(JoinPoint.StaticPart place) {
    MethodSignature signature = (MethodSignature) place.getSignature();
    StringJoiner id = new StringJoiner(",", signature.getName() + "(", ")");
    for (Class<?> parameter : signature.getParameterTypes()) {
      id.add(parameter.getTypeName());
    }
    return id.toString();
  }

  boolean isDescribed() {
    return description != null;
  }

  boolean isWoven() {
    Description described = description;
    return described != null && described.isWoven;
  }

  static IllegalStateException notProcessed(Class<?> type, @Nullable Throwable cause) {
    return new IllegalStateException(
        type.getName()
            + " has methods to retry, but the class that retry-processor should have generated for"
            + " it does not list them. Put the processor on the compiler's processor path, and"
            + " compile and weave with one version of LlmRetry. Local and anonymous classes are not"
            + " supported",
        cause);
  }

  /** A runtime, and the same with the upstream of the class. */
  private record Sharing(RetryRuntime original, RetryRuntime shared) {}

  /** The description of a class by its companion. Not safe for use by several threads. */
  public static final class Description {

    private final Class<?> type;
    private final boolean isWoven;
    private final Map<String, WovenMethod> methods = new HashMap<>();
    private final Set<String> overridden = new HashSet<>();

    private Description(Class<?> type, boolean isWoven) {
      this.type = type;
      this.isWoven = isWoven;
    }

    /**
     * Adds a method that the woven loop retries.
     *
     * @param method the method, such as {@code ask(java.lang.String,int[])}
     * @param policy the settings of the method
     * @return this description
     */
    public Description loop(String method, RetryPolicy policy) {
      methods.put(method, new WovenMethod(policy, false, null));
      return this;
    }

    /**
     * Adds a method that the woven loop retries and that declares {@link InterruptedException}.
     *
     * @param method the method, such as {@code ask(java.lang.String,int[])}
     * @param policy the settings of the method
     * @return this description
     */
    public Description interruptibleLoop(String method, RetryPolicy policy) {
      methods.put(method, new WovenMethod(policy, true, null));
      return this;
    }

    /**
     * Adds a method that a method of the companion retries.
     *
     * @param method the method, such as {@code ask(java.lang.String,int[])}
     * @param policy the settings of the method
     * @param function the companion's method
     * @return this description
     */
    public Description function(String method, RetryPolicy policy, Function function) {
      methods.put(method, new WovenMethod(policy, false, function::call));
      return this;
    }

    /**
     * Adds a method that returns nothing, and that a method of the companion retries.
     *
     * @param method the method, such as {@code ask(java.lang.String,int[])}
     * @param policy the settings of the method
     * @param procedure the companion's method
     * @return this description
     */
    public Description procedure(String method, RetryPolicy policy, Procedure procedure) {
      WovenMethod.Driver driver =
          call -> {
            procedure.call(call);
            return null;
          };
      methods.put(method, new WovenMethod(policy, false, driver));
      return this;
    }

    /**
     * Adds a method of a superclass that a method of this class overrides, such as {@code
     * com.acme.Base.ask(java.lang.String)}.
     *
     * @param method the method, qualified with the name of its class
     * @return this description
     */
    public Description overriding(String method) {
      overridden.add(method);
      return this;
    }

    /** Registers the description. */
    public void register() {
      ALL.get(type).description = this;
    }
  }

  /** A method of a companion that retries a method with a result. */
  @FunctionalInterface
  public interface Function {

    /**
     * Makes a call with its retries.
     *
     * @param call the call of the woven method
     * @return the result of the method
     * @throws Throwable any exception of the method
     */
    @Nullable Object call(WovenCall call) throws Throwable;
  }

  /** A method of a companion that retries a {@code void} method. */
  @FunctionalInterface
  public interface Procedure {

    /**
     * Makes a call with its retries.
     *
     * @param call the call of the woven method
     * @throws Throwable any exception of the method
     */
    void call(WovenCall call) throws Throwable;
  }
}
