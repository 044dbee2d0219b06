package dev.llmretry.processor.check;

/** The diagnostics. {@code docs/diagnostics.md} has a section for each {@link #id}. */
public enum Diagnostic {
  OUT_OF_RANGE("LR001", Severity.ERROR, "%s = %s is out of range: it must be %s. %s"),
  NO_RETRIES(
      "LR002",
      Severity.WARNING,
      "max = 0 retries nothing. Set max to 1 or more, or use @NoRetry if that is intended."),
  BASE_ABOVE_MAX(
      "LR003",
      Severity.ERROR,
      "baseDelayMs = %s is above maxDelayMs = %s. Lower baseDelayMs, or raise maxDelayMs."),
  JITTER_WITHOUT_DELAY(
      "LR004",
      Severity.WARNING,
      "jitter = %s has no effect, since baseDelayMs = 0. Set baseDelayMs, or remove the "
          + "jitter."),
  BEYOND_DEADLINE(
      "LR005",
      Severity.WARNING,
      "deadlineMs = %s leaves no time for %s: the waits before attempt %s take at least %s ms. Raise "
          + "deadlineMs, or lower max, baseDelayMs or multiplier."),
  ATTEMPT_OUTLASTS_DEADLINE(
      "LR006",
      Severity.WARNING,
      "attemptTimeoutMs = %s has no effect, since deadlineMs = %s ends an attempt no later. "
          + "Lower attemptTimeoutMs, or remove it."),
  RETRY_AND_ABORT(
      "LR007",
      Severity.ERROR,
      "%s is listed in both retryOn and abortOn. Remove it from one of them."),
  UNREACHABLE_RULE(
      "LR008", Severity.ERROR, "%s in %s has no effect, since %s is listed there too. Remove it."),
  NEVER_RETRIED(
      "LR009",
      Severity.ERROR,
      "%s is never retried: errors, interruptions and cancellations end a call. Remove it from %s."),
  ONLY_AS_CAUSE(
      "LR010",
      Severity.NOTE,
      "%s does not declare %s, so the rule in %s can match only as the cause of another exception."),
  KIND_TO_RETRY_AND_ABORT(
      "LR011",
      Severity.ERROR,
      "%s is listed in both retryOnKinds and abortOnKinds. Remove it from one of them."),
  KIND_WITHOUT_EFFECT("LR012", Severity.WARNING, "%s in %s has no effect: %s. Remove it."),
  NOT_WRAPPED(
      "LR013",
      Severity.ERROR,
      "@%s has no effect on %s, which is %s: the generated class cannot override it. Put it on an "
          + "instance method of an interface."),
  WEAVING_NOT_SET(
      "LR014",
      Severity.ERROR,
      "@%s is used in %s, which is not an interface: only AspectJ can retry its methods. "
          + "Weave it and compile with -Allmretry.weaving=aspectj, extract an interface, or use "
          + "dev.llmretry.runtime.Retry."),
  SEALED(
      "LR015",
      Severity.ERROR,
      "%s is sealed, so no generated class can implement it. Remove the sealed modifier, or annotate "
          + "an interface that is not sealed."),
  PRIVATE(
      "LR016",
      Severity.ERROR,
      "%s is not accessible from the generated class, since it or an enclosing type is "
          + "private. Make it at least package-private."),
  DUPLICATE_PARAMETER(
      "LR017",
      Severity.ERROR,
      "%s has a second %s, %s, so it is ambiguous which of them belongs to the call. Remove one "
          + "of them."),
  ONE_SHOT_ARGUMENT(
      "LR018",
      Severity.ERROR,
      "%s may be consumed by the first attempt: %s. Use something that can be read "
          + "again, such as a byte[] or a Supplier; or mark it @Replayable if each attempt can use "
          + "it."),
  CALLBACK_ARGUMENT(
      "LR019",
      Severity.ERROR,
      "%s may receive the same elements again: %s, and a retry repeats the whole "
          + "call. Mark it @StreamCallback to retry until it has received its first element, or "
          + "@Replayable if each attempt may call it; or use @NoRetry."),
  RETURN_TYPE_NOT_SUPPORTED(
      "LR020",
      Severity.ERROR,
      "%s returns %s, which completes after the method has returned. Retries of that type "
          + "are not supported: return %s, or use @NoRetry."),
  SUSPEND_FUNCTION(
      "LR021",
      Severity.ERROR,
      "%s is a Kotlin suspend function, which completes after the method has returned. "
          + "Use @NoRetry, and retry its calls with dev.llmretry:retry-kotlin."),
  SILENT_DEFAULT(
      "LR022",
      Severity.WARNING,
      "%s is a default method: the calls that it makes on this interface are not retried. "
          + "Annotate it with @LlmRetry to retry it as a whole, or with @NoRetry."),
  NAME_TAKEN(
      "LR023",
      Severity.ERROR,
      "The class to generate, %s, exists already. Rename it, or the interface."),
  COMPOSED_NOT_RETAINED(
      "LR024",
      Severity.ERROR,
      "@%s is composed of @LlmRetry but retained in source code only, so class files lack "
          + "it. Give it @Retention(RetentionPolicy.CLASS)."),
  CONFLICTING_ANNOTATIONS(
      "LR025", Severity.ERROR, "@%s conflicts with @%s on the same element. Remove one of them."),
  CONFLICTING_INHERITED(
      "LR026",
      Severity.ERROR,
      "%s inherits conflicting annotations: %s and %s. Redeclare it with the @LlmRetry or "
          + "@NoRetry to apply."),
  RETRY_AND_NO_RETRY(
      "LR027", Severity.ERROR, "@NoRetry conflicts with @%s on %s. Remove one of them."),
  NO_RETRY_WITHOUT_EFFECT(
      "LR028",
      Severity.WARNING,
      "@NoRetry has no effect in %s, where nothing is retried. Remove it, or annotate the "
          + "methods to retry with @LlmRetry."),
  REPLAYABLE_WITHOUT_EFFECT(
      "LR029", Severity.WARNING, "@Replayable has no effect on %s: %s. Remove it."),
  NO_RUNTIME(
      "LR030",
      Severity.ERROR,
      "The generated class calls %s, which is not visible here. Add the dependency "
          + "dev.llmretry:%s, and in a module `requires %s;`."),
  NOT_ACCESSIBLE(
      "LR031",
      Severity.ERROR,
      "%s cannot be implemented, since the generated class cannot access %s. Make the type "
          + "accessible from this package, or annotate an interface without such methods."),
  NOTHING_TO_RETRY("LR032", Severity.WARNING, "@%s has no effect on %s, %s."),
  UNKNOWN_ID(
      "LR033",
      Severity.WARNING,
      "The option -Allmretry.off contains %s, which is not the id of a warning or note. "
          + "Valid ids are %s."),
  NO_INTEGRATION(
      "LR034",
      Severity.ERROR,
      "%s returns %s, and the class that retries it is not visible here. Add the dependency "
          + "%s, and in a module `requires` it."),
  STREAM_WITHOUT_EFFECT(
      "LR035",
      Severity.WARNING,
      "stream = %s has no effect on %s, which returns %s. It applies to streams that the "
          + "caller pulls. Remove it."),
  OPENING_ONLY(
      "LR036",
      Severity.ERROR,
      "For %s, which returns %s, only the opening can be retried: elements that were read "
          + "ahead could not be returned. Set stream = StreamRetry.OPENING, or return a Stream, an "
          + "Iterator, an Iterable, or an interface of abstract methods, one of which returns one "
          + "of these and throws no checked exception."),
  PREAMBLE_TYPE(
      "LR037",
      Severity.ERROR,
      "%s tests elements of type %s, but those of %s are %s. Use a Predicate that can test "
          + "them."),
  NOT_INSTANTIABLE(
      "LR038",
      Severity.ERROR,
      "The generated class cannot instantiate %s. Use an accessible class that is not "
          + "abstract, generic or inner, and has a constructor without parameters that declares no "
          + "exceptions."),
  PREAMBLE_WITHOUT_EFFECT(
      "LR039", Severity.WARNING, "preamble has no effect on %s: %s. Remove it."),
  CALLBACK_NOT_SUPPORTED(
      "LR040",
      Severity.ERROR,
      "@StreamCallback is not supported on %s: %s. Use @NoRetry, or mark it @Replayable if "
          + "each attempt may call it."),
  CALLBACK_WITHOUT_EFFECT(
      "LR041", Severity.WARNING, "@StreamCallback has no effect on %s: %s. Remove it."),
  NOT_WEAVABLE(
      "LR042",
      Severity.ERROR,
      "%s cannot be retried, since it is %s: %s. Move the annotation to a method that it calls, or "
          + "use @NoRetry."),
  OUT_OF_REACH(
      "LR043",
      Severity.ERROR,
      "%s is parameter %s of %s, and AspectJ can access only the first %s. Move it forward."),
  INHERITED_NOT_REACHED(
      "LR044",
      Severity.WARNING,
      "@%s on %s does not cover inherited methods: %s. Annotate the class that declares "
          + "them, or override them."),
  NO_EXTRACTORS(
      "LR046",
      Severity.NOTE,
      "The exceptions of %s are classified by dev.llmretry:retry-providers, which is not on "
          + "this class path. Add it to the application; if it is there at run time, suppress this "
          + "note with -Allmretry.off=LR046."),
  SDK_RETRIES(
      "LR047",
      Severity.NOTE,
      "%s retries a failed call %s by itself, which multiplies the retries of LlmRetry. "
          + "Disable its retries: %s."),
  DELEGATE_NOT_WIDER(
      "LR048",
      Severity.NOTE,
      "Only objects that implement %s itself can be wrapped, not those of an interface that it "
          + "extends: %s. To wrap these, extend one interface only, and keep the return types and "
          + "exceptions of its methods."),
  DELEGATE_AS_LAMBDA(
      "LR049",
      Severity.NOTE,
      "Pass the object to wrap to %s, not a lambda expression or method reference: it would lose "
          + "what the object implements in %s."),
  LAZY_RESULT(
      "LR050",
      Severity.WARNING,
      "%s returns %s: the work of a %s may be done, and fail, after the method has returned, and is "
          + "not retried then. Return the result itself, a CompletableFuture, a Flow.Publisher, or a "
          + "Stream with stream = StreamRetry.UNTIL_FIRST_ELEMENT; or use @NoRetry."),
  CHECK_TYPE(
      "LR051",
      Severity.ERROR,
      "%s checks results of type %s, but those of %s are %s. Use a ResultCheck that can check "
          + "them."),
  CHECK_NOT_SUPPORTED("LR052", Severity.ERROR, "check cannot examine the results of %s: %s. %s."),
  REVISER_TYPE(
      "LR053",
      Severity.ERROR,
      "%s revises requests of type %s, but %s is a %s. Use a Reviser of exactly that type."),
  NOTHING_REVISED(
      "LR054",
      Severity.ERROR,
      "revise has no request to change on %s: %s. Mark the parameter to change @Revised, or remove "
          + "revise."),
  REVISED_WITHOUT_EFFECT(
      "LR055", Severity.WARNING, "@Revised has no effect on %s: %s. Remove it, or set revise."),
  ROUTED_WITHOUT_EFFECT("LR056", Severity.ERROR, "@Routed has no effect on %s: %s. %s."),
  ROUTE_WITHOUT_TIMEOUT(
      "LR057",
      Severity.WARNING,
      "Attempts have no time limit, so that a call does not leave a route that does not respond: %s. "
          + "Set attemptTimeoutMs."),
  HEDGE_NOT_SUPPORTED("LR058", Severity.ERROR, "hedgeAfterMs is not possible on %s: %s. %s."),
  HEDGE_WITHOUT_EFFECT(
      "LR059",
      Severity.WARNING,
      "hedgeAfterMs = %s has no effect, since an attempt ends after %s ms. Set a shorter time, or "
          + "remove it.");

  private final String id;
  private final Severity severity;
  private final String format;

  Diagnostic(String id, Severity severity, String format) {
    this.id = id;
    this.severity = severity;
    this.format = format;
  }

  /** Returns the id by which it is documented and suppressed. */
  public String id() {
    return id;
  }

  /** Returns the severity. */
  public Severity severity() {
    return severity;
  }

  /** Returns the message, which starts with the id. */
  public String message(Object... arguments) {
    return id + ": " + String.format(format, arguments);
  }

  /** The severity of a diagnostic. Warnings and notes can be suppressed. */
  public enum Severity {
    ERROR,
    WARNING,
    NOTE
  }
}
