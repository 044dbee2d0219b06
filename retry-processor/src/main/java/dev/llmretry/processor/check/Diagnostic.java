package dev.llmretry.processor.check;

/** The diagnostics. {@code docs/diagnostics.md} has a section for each {@link #id}. */
public enum Diagnostic {
  OUT_OF_RANGE("LR001", Severity.ERROR, "%s = %s is out of range: it must be %s. %s"),
  NO_RETRIES(
      "LR002",
      Severity.WARNING,
      "max = 0 retries nothing. Set max to 1 or more, or use @NoRetry to say that this is meant."),
  BASE_ABOVE_MAX(
      "LR003",
      Severity.ERROR,
      "baseDelayMs = %s is above maxDelayMs = %s. Lower baseDelayMs, or raise maxDelayMs."),
  JITTER_WITHOUT_DELAY(
      "LR004",
      Severity.WARNING,
      "jitter = %s has nothing to change, since baseDelayMs = 0. Set a baseDelayMs, or leave the "
          + "jitter out."),
  BEYOND_DEADLINE(
      "LR005",
      Severity.WARNING,
      "deadlineMs = %s leaves no time for %s: the waits before attempt %s take at least %s ms. Raise "
          + "deadlineMs, or lower max, baseDelayMs or multiplier."),
  ATTEMPT_OUTLASTS_DEADLINE(
      "LR006",
      Severity.WARNING,
      "attemptTimeoutMs = %s has no effect, since deadlineMs = %s ends an attempt no later. Lower "
          + "attemptTimeoutMs, or leave it out."),
  RETRY_AND_ABORT(
      "LR007",
      Severity.ERROR,
      "%s stands in both retryOn and abortOn. Remove it from one of them."),
  UNREACHABLE_RULE(
      "LR008", Severity.ERROR, "%s in %s changes nothing, since %s stands there too. Remove it."),
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
      "%s stands in both retryOnKinds and abortOnKinds. Remove it from one of them."),
  KIND_WITHOUT_EFFECT("LR012", Severity.WARNING, "%s in %s changes nothing: %s. Remove it."),
  NOT_WRAPPED(
      "LR013",
      Severity.ERROR,
      "@%s has no effect on %s, which is %s: the generated class cannot override it. Put it on an "
          + "instance method of an interface."),
  WEAVING_NOT_SET(
      "LR014",
      Severity.ERROR,
      "@%s stands in %s, which is not an interface: only AspectJ can retry its methods. Weave it and "
          + "say so with -Allmretry.weaving=aspectj, extract an interface, or use "
          + "dev.llmretry.runtime.Retry."),
  SEALED(
      "LR015",
      Severity.ERROR,
      "%s is sealed, so no generated class can implement it. Remove the sealed modifier, or annotate "
          + "an interface that is not sealed."),
  PRIVATE(
      "LR016",
      Severity.ERROR,
      "%s cannot be named from the generated class, since it or a type around it is private. Make it "
          + "package-private at least."),
  TWO_TOKENS(
      "LR017",
      Severity.ERROR,
      "%s has a second CancellationToken, %s, and it would not be clear which of them cancels the "
          + "call. Leave one of them out."),
  ONE_SHOT_ARGUMENT(
      "LR018",
      Severity.ERROR,
      "%s may be used up by the first attempt: it is a %s. Take something that can be read again, "
          + "such as a byte[] or a Supplier; or mark it @Replayable if each attempt can use it."),
  CALLBACK_ARGUMENT(
      "LR019",
      Severity.ERROR,
      "%s may hear the same twice, since it is a %s and a retry starts again. Mark it "
          + "@StreamCallback to retry until it has been handed its first element, or @Replayable if "
          + "it can be called again for each attempt; or use @NoRetry."),
  RETURN_TYPE_NOT_SUPPORTED(
      "LR020",
      Severity.ERROR,
      "%s returns %s, and its failures come after it has returned. Retries of that type are not "
          + "supported: return %s, or use @NoRetry."),
  SUSPEND_FUNCTION(
      "LR021",
      Severity.ERROR,
      "%s is a Kotlin suspend function, and its failures come after it has returned. Retries of "
          + "suspend functions are not supported: use @NoRetry."),
  SILENT_DEFAULT(
      "LR022",
      Severity.WARNING,
      "%s is a default method, and what it calls on this interface is not retried. Say what it wants: "
          + "@LlmRetry to retry it as a whole, or @NoRetry."),
  NAME_TAKEN(
      "LR023",
      Severity.ERROR,
      "The class %s, which is to be generated, exists already. Rename it, or the interface."),
  COMPOSED_NOT_RETAINED(
      "LR024",
      Severity.ERROR,
      "@%s stands for an @LlmRetry, but is retained in the source only, so that it is lost in class "
          + "files. Give it @Retention(RetentionPolicy.CLASS)."),
  CONFLICTING_ANNOTATIONS(
      "LR025", Severity.ERROR, "@%s stands beside @%s, and only one of them can hold. Remove one."),
  CONFLICTING_INHERITED(
      "LR026",
      Severity.ERROR,
      "%s is retried in one way by %s and %s by %s, and only one can hold. Declare it again, with "
          + "the @LlmRetry or @NoRetry that is wanted."),
  RETRY_AND_NO_RETRY(
      "LR027", Severity.ERROR, "@NoRetry stands beside @%s on %s. Remove one of them."),
  NO_RETRY_WITHOUT_EFFECT(
      "LR028",
      Severity.WARNING,
      "@NoRetry has no effect in %s, where nothing is retried. Remove it, or annotate the methods "
          + "that are to be retried with @LlmRetry."),
  REPLAYABLE_WITHOUT_EFFECT(
      "LR029", Severity.WARNING, "@Replayable has no effect on %s: %s. Remove it."),
  NO_RUNTIME(
      "LR030",
      Severity.ERROR,
      "The generated class calls %s, which cannot be read from here. Add the dependency "
          + "dev.llmretry:retry-runtime, and in a module `requires dev.llmretry.runtime;`."),
  NOT_ACCESSIBLE(
      "LR031",
      Severity.ERROR,
      "%s cannot be implemented, since the generated class cannot name %s. Make the type accessible "
          + "from this package, or annotate an interface without such methods."),
  NOTHING_TO_RETRY(
      "LR032",
      Severity.WARNING,
      "@%s has no effect on %s, which has no method to retry. Remove it."),
  UNKNOWN_ID(
      "LR033",
      Severity.WARNING,
      "The option -Allmretry.off names %s, which is not the id of a warning or note. Known are %s."),
  NO_INTEGRATION(
      "LR034",
      Severity.ERROR,
      "%s returns %s, and the class that retries it cannot be read from here. Add the dependency %s, "
          + "and in a module `requires` it."),
  STREAM_WITHOUT_EFFECT(
      "LR035",
      Severity.WARNING,
      "stream = %s has no effect on %s, which returns %s. It is for streams that their reader pulls. "
          + "Remove it."),
  OPENING_ONLY(
      "LR036",
      Severity.ERROR,
      "Of %s, which returns %s, only the opening can be retried: no other object can give back what "
          + "has been read. Set stream = StreamRetry.OPENING, or return a Stream, an Iterator, an "
          + "Iterable, or an interface of abstract methods, one of which returns one of these and "
          + "throws nothing checked."),
  PREAMBLE_TYPE(
      "LR037",
      Severity.ERROR,
      "%s tests elements of type %s, but those of %s are %s. Name a Predicate that can test them."),
  PREAMBLE_NOT_INSTANTIABLE(
      "LR038",
      Severity.ERROR,
      "The generated class cannot make %s. Name an accessible class that is not abstract, generic or "
          + "inner, and has a constructor without parameters that throws nothing."),
  PREAMBLE_WITHOUT_EFFECT(
      "LR039", Severity.WARNING, "preamble has no effect on %s: %s. Remove it."),
  CALLBACK_NOT_SUPPORTED(
      "LR040",
      Severity.ERROR,
      "@StreamCallback is not possible on %s: %s. Use @NoRetry, or mark it @Replayable if it can be "
          + "called again for each attempt."),
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
      "%s is parameter %s of %s, and AspectJ finds it among the first %s only. Move it forward."),
  INHERITED_NOT_REACHED(
      "LR044",
      Severity.WARNING,
      "@%s on %s does not reach what it inherits: %s. Annotate the class that declares it, or "
          + "override it."),
  NO_ASPECTJ(
      "LR045",
      Severity.ERROR,
      "Woven code calls AspectJ's classes, which cannot be read from the module of %s. Add `requires "
          + "org.aspectj.runtime;` to it, and the dependency org.aspectj:aspectjrt."),
  NO_EXTRACTORS(
      "LR046",
      Severity.NOTE,
      "What the exceptions of %s say is read by dev.llmretry:retry-providers, which is not on this "
          + "class path. Add it where the application is put together; if it is there, "
          + "-Allmretry.off=LR046 silences this note."),
  SDK_RETRIES(
      "LR047",
      Severity.NOTE,
      "%s retries a failed call %s by itself, and each of our retries would do so again. Switch that "
          + "off: %s.");

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
