package dev.llmretry.processor.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmretry.processor.model.ParameterRole;
import dev.llmretry.processor.model.ReturnFamily;
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
    assertThat(KnownTypes.roleOf(lineage)).isEqualTo(ParameterRole.PLAIN);
  }

  @Test
  void aFutureThatIsAPublisherTooIsAFuture() {
    assertThat(
            KnownTypes.familyOf(
                Set.of("org.reactivestreams.Publisher", CompletableFuture.class.getName())))
        .isEqualTo(ReturnFamily.FUTURE);
  }

  @Test
  void aCallbackThatCanBePublishedToIsACallback() {
    assertThat(
            KnownTypes.roleOf(
                Set.of(
                    "java.util.concurrent.Flow.Publisher", "java.util.concurrent.Flow.Subscriber")))
        .isEqualTo(ParameterRole.CALLBACK);
  }

  @Test
  void aBodyPublisherCanBeReplayed() {
    assertThat(
            KnownTypes.roleOf(
                Set.of(
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
}
