package dev.llmretry.processor.check;

import com.palantir.javapoet.TypeName;
import dev.llmretry.processor.model.AsyncAdapter;
import dev.llmretry.processor.model.ClientMethod;
import dev.llmretry.processor.model.HedgeObstacle;
import dev.llmretry.processor.model.Parameter;
import dev.llmretry.processor.model.ParameterRole;
import dev.llmretry.processor.model.Policy;
import dev.llmretry.processor.model.Position;
import dev.llmretry.processor.model.RetryAnnotations.RetryAnnotation;
import dev.llmretry.processor.model.ReturnFamily;
import dev.llmretry.processor.model.ReturnSpec;
import dev.llmretry.processor.model.SettingClass;
import dev.llmretry.processor.model.StreamElements;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;

/** Checks a method. */
final class MethodChecks {

  private final ClientMethod method;
  private final Position client;
  private final Reporter reporter;

  private MethodChecks(ClientMethod method, Position client, Reporter reporter) {
    this.method = method;
    this.client = client;
    this.reporter = reporter;
  }

  /**
   * Checks a method.
   *
   * @param client the position of the annotated type
   * @param retries whether any of its methods is retried
   */
  static void check(ClientMethod method, Position client, boolean retries, Reporter reporter) {
    MethodChecks checks = new MethodChecks(method, client, reporter);
    ConflictingAnnotations.check(method, client, reporter);
    checks.notAccessible();
    if (retries) { // otherwise, a subinterface may retry
      ParameterChecks.checkAnnotations(method, reporter);
    }
    Policy retry = method.retry();
    if (retry != null) {
      checks.returnType();
      checks.stream(retry);
      checks.preamble(retry);
      checks.check(retry);
      checks.revise(retry);
      checks.hedges(retry);
      ParameterChecks.check(method, reporter);
      if (checks.hasOwnSettings()) {
        RuleChecks.checkDeclared(retry.rules(), method, reporter);
      }
    } else if (retries) {
      checks.silentDefault();
    }
  }

  /** Settings of a type or a composed annotation apply to other methods too. */
  private boolean hasOwnSettings() {
    List<RetryAnnotation> own = method.annotations().own();
    return !own.isEmpty() && own.get(0).name().equals("LlmRetry");
  }

  private void notAccessible() {
    if (!method.inaccessible().isEmpty()) {
      String names = String.join(", ", method.inaccessible());
      reporter.report(Diagnostic.NOT_ACCESSIBLE, method.at(), method.describe(), names);
    }
  }

  private void returnType() {
    ReturnSpec returnSpec = method.returnSpec();
    AsyncAdapter adapter = returnSpec.asyncAdapter();
    ReturnFamily family = returnSpec.family();
    if (family == ReturnFamily.FUTURE || family == ReturnFamily.PUBLISHER) {
      if (adapter == null) {
        String instead = family == ReturnFamily.FUTURE ? "a CompletableFuture" : "a Flow.Publisher";
        report(Diagnostic.RETURN_TYPE_NOT_SUPPORTED, instead);
      } else if (returnSpec.missingArtifact() != null) {
        report(Diagnostic.NO_INTEGRATION, returnSpec.missingArtifact());
      }
    }
    if (returnSpec.lazyPart() != null) {
      report(Diagnostic.LAZY_RESULT, returnSpec.lazyPart());
    }
  }

  private void report(Diagnostic diagnostic, String advice) {
    reporter.report(diagnostic, method.at(), method.describe(), returnTypeName(), advice);
  }

  private String returnTypeName() {
    return method.signature().returnType().withoutAnnotations().toString();
  }

  private void stream(Policy retry) {
    Position at = retry.stream().at();
    if (isOpeningOnly(retry)) {
      reporter.report(
          Diagnostic.OPENING_ONLY,
          hasOwnSettings() ? at : method.at(),
          method.describe(),
          returnTypeName());
    } else if (hasOwnSettings()
        && at.value() != null
        && method.returnSpec().pullSource() == null
        && method.returnSpec().family() != ReturnFamily.STREAM) {
      reporter.report(
          Diagnostic.STREAM_WITHOUT_EFFECT,
          at,
          retry.stream().value(),
          method.describe(),
          returnTypeName());
    }
  }

  private boolean isOpeningOnly(Policy retry) {
    return retry.untilFirstElement()
        && method.returnSpec().family() == ReturnFamily.STREAM
        && method.returnSpec().pullSource() == null;
  }

  private void preamble(Policy retry) {
    SettingClass preamble = retry.preamble();
    if (preamble == null || isOpeningOnly(retry)) {
      return;
    }
    Position at = positionOf(preamble);
    instantiable(preamble);
    StreamElements elements = method.elements();
    if (elements != null) {
      if (preamble.takes() != null && !preamble.accepts(elements)) {
        reporter.report(
            Diagnostic.PREAMBLE_TYPE,
            at,
            preamble.name(),
            preamble.takes(),
            method.describe(),
            elements.type());
      }
    } else if (hasOwnSettings()
        && method.callback() == null
        && method.returnSpec().pullSource() == null) {
      reporter.report(
          Diagnostic.PREAMBLE_WITHOUT_EFFECT, at, method.describe(), whyWithoutElements());
    }
  }

  private Position positionOf(SettingClass named) {
    return hasOwnSettings() ? named.at() : method.at();
  }

  /** A class that is named outside of the client has not been checked with its annotation. */
  private void instantiable(SettingClass named) {
    if (!named.isInstantiable() && !named.at().isIn(client)) {
      reporter.report(Diagnostic.NOT_INSTANTIABLE, method.at(), named.name());
    }
  }

  private String whyWithoutElements() {
    return method.returnSpec().family() == ReturnFamily.STREAM
        ? "only the opening is retried, so set stream = StreamRetry.UNTIL_FIRST_ELEMENT too"
        : "it has no stream of elements";
  }

  private void check(Policy retry) {
    SettingClass check = retry.check();
    if (check == null || isOpeningOnly(retry)) {
      return;
    }
    instantiable(check);
    StreamElements results = method.results();
    if (results == null) {
      whyWithoutResults(
          (why, instead) ->
              reporter.report(
                  Diagnostic.CHECK_NOT_SUPPORTED,
                  positionOf(check),
                  method.describe(),
                  why,
                  instead));
    } else if (!check.accepts(results)) {
      reporter.report(
          Diagnostic.CHECK_TYPE,
          positionOf(check),
          check.name(),
          Objects.requireNonNull(check.takes(), "accepts all"),
          method.describe(),
          results.type());
    }
  }

  private void whyWithoutResults(BiConsumer<String, String> problem) {
    TypeName returned = method.signature().returnType();
    if (method.callback() != null) {
      problem.accept(
          "its callback has received them when it ends",
          "Return a publisher, or use a callback that is told of the end");
    } else if (returned.equals(TypeName.VOID)
        || returned.withoutAnnotations().equals(TypeName.VOID.box())) {
      problem.accept("it returns nothing", "Remove check");
    } else if (returned.isPrimitive()) {
      problem.accept("it returns a primitive", "Return " + returned.box() + ", or remove check");
    } else if (method.returnSpec().family() == ReturnFamily.STREAM) {
      problem.accept(
          "only the opening of its stream is retried",
          "Set stream = StreamRetry.UNTIL_FIRST_ELEMENT too, or remove check");
    } else if (method.returnSpec().asyncAdapter() != null) {
      problem.accept("there are none", "Remove check");
    }
  }

  private void revise(Policy retry) {
    SettingClass reviser = retry.revise();
    if (reviser == null) {
      return;
    }
    instantiable(reviser);
    List<Parameter> marked = method.marked();
    if (marked.size() != 1) {
      reporter.report(
          Diagnostic.NOTHING_REVISED,
          positionOf(reviser),
          method.describe(),
          marked.isEmpty() ? "no parameter is marked" : "several parameters are marked");
      return;
    }
    ParameterRole role = marked.get(0).role();
    if (role == ParameterRole.TOKEN || role == ParameterRole.ATTEMPT) {
      reporter.report(
          Diagnostic.NOTHING_REVISED,
          positionOf(reviser),
          method.describe(),
          "each attempt has its own " + (role == ParameterRole.TOKEN ? "token" : "attempt"));
      return;
    }
    StreamElements request = Objects.requireNonNull(marked.get(0).revised(), "marked");
    if (!reviser.takesExactly(request)) {
      reporter.report(
          Diagnostic.REVISER_TYPE,
          positionOf(reviser),
          reviser.name(),
          Objects.requireNonNull(reviser.takes(), "takes all"),
          marked.get(0).name(),
          request.type());
    }
  }

  private void hedges(Policy retry) {
    HedgeObstacle obstacle = method.hedgeObstacle();
    if (retry.isHedged() && obstacle != null) {
      reporter.report(
          Diagnostic.HEDGE_NOT_SUPPORTED,
          hasOwnSettings() ? retry.hedgeAfterMs().at() : method.at(),
          method.describe(),
          obstacle.problem(),
          obstacle.advice());
    }
  }

  private void silentDefault() {
    if (method.isSilentDefault() && method.annotations().noRetry() == null) {
      reporter.report(Diagnostic.SILENT_DEFAULT, method.at(), method.describe());
    }
  }
}
