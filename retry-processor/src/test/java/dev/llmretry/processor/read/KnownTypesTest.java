package dev.llmretry.processor.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmretry.processor.model.Names;
import dev.llmretry.processor.model.ParameterRole;
import dev.llmretry.processor.model.ReturnFamily;
import dev.llmretry.runtime.internal.execution.AsynchronousResults;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.BaseStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The catalogue of known types. */
class KnownTypesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "java.util.concurrent.CompletionStage",
        "java.util.concurrent.CompletableFuture",
        "com.google.common.util.concurrent.ListenableFuture",
        "com.google.api.core.ApiFuture"
      })
  void futuresHaveAnAdapter(String type) {
    assertThat(Objects.requireNonNull(KnownTypes.find(type)).adapter()).isNotNull();
    assertThat(KnownTypes.familyOf(Set.of(type))).isEqualTo(ReturnFamily.FUTURE);
  }

  @Test
  void familiesAndRolesAreInherited() {
    Set<String> lineage =
        Set.of(Object.class.getName(), Stream.class.getName(), BaseStream.class.getName());

    assertThat(KnownTypes.familyOf(lineage)).isEqualTo(ReturnFamily.STREAM);
    assertThat(KnownTypes.roleOf(lineage)).isEqualTo(ParameterRole.ONE_SHOT);
  }

  @Test
  void anUnknownTypeIsPlain() {
    Set<String> lineage = Set.of("acme.Answer", Object.class.getName());

    assertThat(KnownTypes.find("acme.Answer")).isNull();
    assertThat(KnownTypes.familyOf(lineage)).isNull();
    assertThat(KnownTypes.roleOf(lineage)).isNull();
  }

  @Test
  void aFutureThatIsAPublisherTooIsAFuture() {
    assertThat(
            KnownTypes.familyOf(
                Set.of("org.reactivestreams.Publisher", CompletableFuture.class.getName())))
        .isEqualTo(ReturnFamily.FUTURE);
  }

  @Test
  void theNearestSupertypeDeterminesTheRole() {
    String publisher = "java.util.concurrent.Flow.Publisher";
    String subscriber = "java.util.concurrent.Flow.Subscriber";

    assertThat(KnownTypes.roleOf(lineage("acme.Processor", subscriber, publisher)))
        .isEqualTo(ParameterRole.CALLBACK);
    assertThat(KnownTypes.roleOf(lineage("acme.Processor", publisher, subscriber)))
        .isEqualTo(ParameterRole.ONE_SHOT);
  }

  @Test
  void aTokenIsOneWhateverElseItIs() {
    assertThat(KnownTypes.roleOf(lineage("java.io.InputStream", Names.CANCELLATION_TOKEN)))
        .isEqualTo(ParameterRole.TOKEN);
  }

  @Test
  void aBodyPublisherCanBeReplayed() {
    assertThat(
            KnownTypes.roleOf(
                lineage(
                    "java.net.http.HttpRequest.BodyPublisher",
                    "java.util.concurrent.Flow.Publisher")))
        .isEqualTo(ParameterRole.PLAIN);
  }

  @Test
  void onlySubscribersReceiveASubscription() {
    assertThat(KnownTypes.receivesSubscription(Set.of("io.reactivex.rxjava3.core.Observer")))
        .isTrue();
    assertThat(KnownTypes.receivesSubscription(Set.of("io.grpc.stub.StreamObserver"))).isFalse();
  }

  /** {@code Retry.call}, which sees a result only when it is there, refuses the same types. */
  @Test
  void theRuntimeKnowsTheSameAsynchronousResults() {
    Set<String> unknown = new HashSet<>(AsynchronousResults.types());
    for (KnownType row : KnownTypes.async()) {
      String name = row.name().replace("Flow.Publisher", "Flow$Publisher");
      unknown.remove(name);
      String retriedBy = AsynchronousResults.retriedBy(lineage(name, supertypeOf(name)));
      assertThat(retriedBy).as(name).isNotEmpty();
      if (row.adapter() != null) {
        assertThat(retriedBy).as(name).contains(row.adapter().type().simpleName());
      }
    }
    assertThat(unknown).isEmpty();
  }

  /** Returns the supertype by which the runtime knows a type that it does not name. */
  private static String supertypeOf(String name) {
    return name.startsWith("io.reactivex.rxjava3.core.")
        ? name + "Source"
        : name.replace("CompletableFuture", "CompletionStage");
  }

  private static Set<String> lineage(String... names) {
    return new LinkedHashSet<>(List.of(names));
  }
}
