package dev.llmretry.processor.write;

import com.palantir.javapoet.ClassName;
import dev.llmretry.processor.model.Names;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The classes that generated code refers to. */
final class RuntimeNames {

  private static final List<ClassName> IN_BODIES = new ArrayList<>();

  static final ClassName RETRY_LOOP = inBodies(ClassName.bestGuess(Names.RETRY_LOOP));
  static final ClassName ATTEMPT = inBodies(ClassName.bestGuess(Names.ATTEMPT));
  static final ClassName FUTURE_RETRY =
      inBodies(ClassName.get(Names.FOR_GENERATED_CODE, "FutureRetry"));
  static final ClassName CALLBACK_RETRY = inBodies(ClassName.get(Names.RUNTIME, "CallbackRetry"));
  static final ClassName PUBLISHER_RETRY = inBodies(ClassName.get(Names.RUNTIME, "PublisherRetry"));
  static final ClassName CALLBACK_GATE =
      inBodies(ClassName.get(Names.FOR_GENERATED_CODE, "CallbackGate"));
  static final ClassName FIRST_ELEMENT =
      inBodies(ClassName.get(Names.FOR_GENERATED_CODE, "FirstElement"));
  static final ClassName FLOW_ADAPTERS =
      inBodies(ClassName.get("org.reactivestreams", "FlowAdapters"));
  static final ClassName EXCEPTION = inBodies(ClassName.get(Exception.class));

  static final ClassName RETRY_POLICY = ClassName.get(Names.RUNTIME, "RetryPolicy");
  static final ClassName ROUTE = ClassName.get(Names.RUNTIME, "Route");
  static final ClassName ROUTES = ClassName.get(Names.RUNTIME, "Routes");
  static final ClassName RETRY_RUNTIME = ClassName.get(Names.RUNTIME, "RetryRuntime");
  static final ClassName WRAPPER_RUNTIME =
      ClassName.get(Names.FOR_GENERATED_CODE, "WrapperRuntime");
  static final ClassName WOVEN_CALL = ClassName.get(Names.ASPECTJ, "WovenCall");
  static final ClassName WOVEN_CLASS = ClassName.bestGuess(Names.WOVEN_CLASS);
  static final ClassName WOVEN_DESCRIPTION = WOVEN_CLASS.nestedClass("Description");
  static final ClassName MARKER = ClassName.bestGuess(Names.MARKER);
  static final ClassName GENERATED = ClassName.bestGuess(Names.GENERATED);
  static final ClassName FAILURE_KIND = ClassName.get(Names.ANNOTATIONS, "FailureKind");
  static final ClassName JITTER = ClassName.get(Names.ANNOTATIONS, "Jitter");
  static final ClassName NESTED = ClassName.get(Names.ANNOTATIONS, "Nested");

  private RuntimeNames() {}

  private static ClassName inBodies(ClassName type) {
    IN_BODIES.add(type);
    return type;
  }

  /** Returns the classes that bodies of methods refer to, which variables must not obscure. */
  static List<ClassName> inBodies() {
    return Collections.unmodifiableList(IN_BODIES);
  }
}
