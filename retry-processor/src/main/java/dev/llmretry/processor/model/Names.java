package dev.llmretry.processor.model;

import java.util.Set;

/**
 * The names of our own types. The processor knows them by name only, so that its jar is all that a
 * processor path needs.
 */
public final class Names {

  /** The package of the annotations. */
  public static final String ANNOTATIONS = "dev.llmretry";

  /** The package of what generated code calls. */
  public static final String RUNTIME = "dev.llmretry.runtime";

  /** The package of the adapters for futures, publishers and callbacks. */
  public static final String ASYNC = RUNTIME + ".async";

  /** The package of the adapters for streams. */
  public static final String STREAM = RUNTIME + ".stream";

  /** Asks for retries. */
  public static final String LLM_RETRY = ANNOTATIONS + ".LlmRetry";

  /** Opts a method out. */
  public static final String NO_RETRY = ANNOTATIONS + ".NoRetry";

  /** Marks a parameter that can be passed to several attempts. */
  public static final String REPLAYABLE = ANNOTATIONS + ".Replayable";

  /** Marks a parameter through which elements arrive. */
  public static final String STREAM_CALLBACK = ANNOTATIONS + ".StreamCallback";

  /** What {@code preamble} is unless it is set. */
  public static final String NO_PREAMBLE = LLM_RETRY + ".NoPreamble";

  /** The annotations that users write. */
  public static final Set<String> OWN_ANNOTATIONS =
      Set.of(LLM_RETRY, NO_RETRY, REPLAYABLE, STREAM_CALLBACK);

  /** The cancellation token. */
  public static final String CANCELLATION_TOKEN = RUNTIME + ".CancellationToken";

  /** The class that generated methods are built around. */
  public static final String RETRY_LOOP = RUNTIME + ".RetryLoop";

  /** The package of what woven code calls. */
  public static final String ASPECTJ = RUNTIME + ".aspectj";

  /** The class to which companions of woven classes describe them. */
  public static final String WOVEN_CLASS = ASPECTJ + ".WovenClass";

  /** What a woven class implements whose instances bring their own runtime. */
  public static final String HAS_RETRY_RUNTIME = ASPECTJ + ".HasRetryRuntime";

  /** A class of AspectJ's that woven code calls. */
  public static final String JOIN_POINT = "org.aspectj.lang.JoinPoint";

  /** A class of retry-providers. */
  public static final String AN_EXTRACTOR = "dev.llmretry.providers.OpenAiExtractor";

  /** The class-file marker of generated classes. */
  public static final String MARKER = RUNTIME + ".GeneratedByLlmRetry";

  /** The standard marker of generated classes. */
  public static final String GENERATED = "javax.annotation.processing.Generated";

  private Names() {}
}
