package dev.llmretry.processor.write;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import dev.llmretry.processor.model.ClassRule;
import dev.llmretry.processor.model.KindRule;
import dev.llmretry.processor.model.Policy;
import dev.llmretry.processor.model.Rules;
import dev.llmretry.processor.model.Setting;
import dev.llmretry.runtime.internal.execution.PolicyLimits;
import java.time.Duration;
import java.util.List;
import javax.lang.model.element.Modifier;

/** Writes the constant that holds the settings of a method. */
final class PolicyWriter {

  private PolicyWriter() {}

  /**
   * Returns the constant.
   *
   * @param method the name of the method in logs
   */
  static FieldSpec constant(String constantName, String method, Policy policy) {
    return FieldSpec.builder(
            RuntimeNames.RETRY_POLICY,
            constantName,
            Modifier.PRIVATE,
            Modifier.STATIC,
            Modifier.FINAL)
        .initializer(build(method, policy))
        .build();
  }

  /** Omits defaults, except for those of the number of retries and the base delay. */
  private static CodeBlock build(String method, Policy policy) {
    CodeBlock.Builder code = CodeBlock.builder();
    code.add("$T.builder($S)$>$>", RuntimeNames.RETRY_POLICY, method);
    if (!policy.name().value().isEmpty()) {
      code.add("\n.key($S)", policy.name().value());
    }
    code.add("\n.maxRetries($L)", policy.max().value());
    addTime(code, "baseDelay", policy.baseDelayMs());
    if (policy.multiplier().value() != PolicyLimits.DEFAULT_MULTIPLIER) {
      code.add("\n.multiplier($L)", policy.multiplier().value());
    }
    if (policy.maxDelayMs().value() != PolicyLimits.DEFAULT_MAX_DELAY_MS) {
      addTime(code, "maxDelay", policy.maxDelayMs());
    }
    if (policy.hasJitter()) {
      code.add("\n.jitter($T.$L)", RuntimeNames.JITTER, policy.jitter().value());
    }
    if (!policy.nested().value().equals("ONCE")) {
      code.add("\n.nested($T.$L)", RuntimeNames.NESTED, policy.nested().value());
    }
    if (policy.hasDeadline()) {
      addTime(code, "deadline", policy.deadlineMs());
    }
    if (policy.attemptTimeoutMs().value() != Policy.NO_LIMIT) {
      addTime(code, "attemptTimeout", policy.attemptTimeoutMs());
    }
    if (policy.isHedged()) {
      addTime(code, "hedgeAfter", policy.hedgeAfterMs());
    }
    if (policy.maxRetryAfterMs().value() == Policy.NO_LIMIT) {
      code.add("\n.unlimitedRetryAfter()");
    } else if (policy.maxRetryAfterMs().value() != PolicyLimits.DEFAULT_MAX_RETRY_AFTER_MS) {
      addTime(code, "maxRetryAfter", policy.maxRetryAfterMs());
    }
    if (policy.preamble() != null) {
      code.add("\n.preamble(new $T())", policy.preamble().type());
    }
    if (policy.check() != null) {
      code.add("\n.check(new $T())", policy.check().type());
    }
    if (policy.revise() != null) {
      code.add("\n.revise(new $T())", policy.revise().type());
    }
    addRules(code, policy.rules());
    return code.add("\n.build()$<$<").build();
  }

  private static void addTime(CodeBlock.Builder code, String name, Setting<Long> millis) {
    code.add("\n.$L($T.ofMillis($L))", name, Duration.class, literal(millis.value()));
  }

  private static String literal(long value) {
    return value > Integer.MAX_VALUE ? value + "L" : Long.toString(value);
  }

  private static void addRules(CodeBlock.Builder code, Rules rules) {
    addClasses(code, "retryOn", rules.retryOn());
    addClasses(code, "abortOn", rules.abortOn());
    addKinds(code, "retryOn", rules.retryOnKinds());
    addKinds(code, "abortOn", rules.abortOnKinds());
  }

  private static void addClasses(CodeBlock.Builder code, String name, List<ClassRule> rules) {
    for (ClassRule rule : rules) {
      code.add("\n.$L($T.class)", name, rule.type());
    }
  }

  private static void addKinds(CodeBlock.Builder code, String name, List<KindRule> rules) {
    for (KindRule rule : rules) {
      code.add("\n.$L($T.$L)", name, RuntimeNames.FAILURE_KIND, rule.name());
    }
  }
}
