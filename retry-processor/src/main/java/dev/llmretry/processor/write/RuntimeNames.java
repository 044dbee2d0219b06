package dev.llmretry.processor.write;

import com.palantir.javapoet.ClassName;
import dev.llmretry.processor.model.Names;

/** The classes that generated code names. */
final class RuntimeNames {

  static final ClassName RETRY_LOOP = ClassName.bestGuess(Names.RETRY_LOOP);
  static final ClassName RETRY_POLICY = ClassName.get(Names.RUNTIME, "RetryPolicy");
  static final ClassName RETRY_RUNTIME = ClassName.get(Names.RUNTIME, "RetryRuntime");
  static final ClassName CANCELLATION_TOKEN = ClassName.bestGuess(Names.CANCELLATION_TOKEN);
  static final ClassName CALLBACK_RETRY = ClassName.get(Names.RUNTIME + ".async", "CallbackRetry");
  static final ClassName PUBLISHER_RETRY =
      ClassName.get(Names.RUNTIME + ".async", "PublisherRetry");
  static final ClassName CALLBACK_GATE = ClassName.get(Names.RUNTIME + ".stream", "CallbackGate");
  static final ClassName FIRST_ELEMENT = ClassName.get(Names.RUNTIME + ".stream", "FirstElement");
  static final ClassName FLOW_ADAPTERS = ClassName.get("org.reactivestreams", "FlowAdapters");
  static final ClassName WOVEN_CALL = ClassName.get(Names.ASPECTJ, "WovenCall");
  static final ClassName WOVEN_CLASS = ClassName.bestGuess(Names.WOVEN_CLASS);
  static final ClassName MARKER = ClassName.bestGuess(Names.MARKER);
  static final ClassName GENERATED = ClassName.bestGuess(Names.GENERATED);
  static final ClassName FAILURE_KIND = ClassName.get(Names.ANNOTATIONS, "FailureKind");
  static final ClassName JITTER = ClassName.get(Names.ANNOTATIONS, "Jitter");
  static final ClassName NESTED = ClassName.get(Names.ANNOTATIONS, "Nested");

  private RuntimeNames() {}
}
