package dev.llmretry.processor.model;

import java.util.Set;

/**
 * The names of types that the processor looks up or that generated code refers to. It knows them by
 * name only, so that the processor path needs no other jar.
 */
public final class Names {

  /** The package of the annotations. */
  public static final String ANNOTATIONS = "dev.llmretry";

  /** The package of what generated code calls. */
  public static final String RUNTIME = "dev.llmretry.runtime";

  /** The package of what only generated code calls. */
  public static final String FOR_GENERATED_CODE = RUNTIME + ".generated";

  /** Asks for retries. */
  public static final String LLM_RETRY = ANNOTATIONS + ".LlmRetry";

  /** Exempts a method from retries. */
  public static final String NO_RETRY = ANNOTATIONS + ".NoRetry";

  /** Marks a parameter that several attempts can use. */
  public static final String REPLAYABLE = ANNOTATIONS + ".Replayable";

  /** Marks a callback that receives elements. */
  public static final String STREAM_CALLBACK = ANNOTATIONS + ".StreamCallback";

  /** The annotation of parameters that are revised. */
  public static final String REVISED = ANNOTATIONS + ".Revised";

  /** Allows a wrapper several delegates. */
  public static final String ROUTED = ANNOTATIONS + ".Routed";

  /** The default of {@code preamble}. */
  public static final String NO_PREAMBLE = LLM_RETRY + ".NoPreamble";

  /** The default of {@code check}. */
  public static final String NO_CHECK = LLM_RETRY + ".NoCheck";

  /** The default of {@code revise}. */
  public static final String NO_REVISER = LLM_RETRY + ".NoReviser";

  /** The interface of revisers. */
  public static final String REVISER = ANNOTATIONS + ".Reviser";

  /** The interface of checks. */
  public static final String RESULT_CHECK = ANNOTATIONS + ".ResultCheck";

  /** The annotations that the processor claims. */
  public static final Set<String> OWN_ANNOTATIONS =
      Set.of(LLM_RETRY, NO_RETRY, REPLAYABLE, STREAM_CALLBACK, REVISED, ROUTED);

  /** The cancellation token. */
  public static final String CANCELLATION_TOKEN = RUNTIME + ".CancellationToken";

  /** The attempt that a wrapper passes to a method. */
  public static final String ATTEMPT = RUNTIME + ".Attempt";

  /** The class that generated blocking methods use. */
  public static final String RETRY_LOOP = FOR_GENERATED_CODE + ".RetryLoop";

  /** The package that woven code calls. */
  public static final String ASPECTJ = ANNOTATIONS + ".aspectj";

  /** The class with which companions register woven classes. */
  public static final String WOVEN_CLASS = ASPECTJ + ".WovenClass";

  /** The interface of woven classes whose instances provide a runtime. */
  public static final String RETRY_RUNTIME_PROVIDER = ASPECTJ + ".RetryRuntimeProvider";

  /** A class by which retry-providers is detected. */
  public static final String AN_EXTRACTOR = "dev.llmretry.providers.OpenAiExtractor";

  /** The annotation on generated classes that is retained in class files. */
  public static final String MARKER = FOR_GENERATED_CODE + ".GeneratedByLlmRetry";

  /** The standard annotation on generated classes. */
  public static final String GENERATED = "javax.annotation.processing.Generated";

  private Names() {}
}
