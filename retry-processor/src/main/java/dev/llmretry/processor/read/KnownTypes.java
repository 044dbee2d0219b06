package dev.llmretry.processor.read;

import dev.llmretry.processor.model.Names;
import dev.llmretry.processor.model.ParameterRole;
import dev.llmretry.processor.model.ReturnFamily;
import java.util.Collections;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;

/** Tells by its supertypes what a return type or a parameter means for a retry. */
final class KnownTypes {

  private static final Set<String> FUTURES =
      Set.of(
          "java.util.concurrent.Future",
          "java.util.concurrent.CompletionStage",
          "kotlinx.coroutines.Deferred",
          "okhttp3.Call",
          "retrofit2.Call");

  private static final Set<String> PUBLISHERS =
      Set.of(
          "java.util.concurrent.Flow.Publisher",
          "org.reactivestreams.Publisher",
          "io.reactivex.rxjava3.core.ObservableSource",
          "io.reactivex.rxjava3.core.SingleSource",
          "io.reactivex.rxjava3.core.MaybeSource",
          "io.reactivex.rxjava3.core.CompletableSource",
          "io.smallrye.mutiny.Uni",
          "kotlinx.coroutines.flow.Flow");

  private static final Set<String> STREAMS =
      Set.of(
          "java.util.stream.BaseStream",
          "java.util.Iterator",
          "java.util.Enumeration",
          "java.util.Spliterator");

  /** Read once, then empty. A body publisher of the JDK's client can be subscribed to again. */
  private static final Set<String> ONE_SHOTS =
      Set.of(
          "java.io.InputStream",
          "java.io.Reader",
          "java.nio.channels.ReadableByteChannel",
          "java.util.stream.BaseStream",
          "java.util.Iterator",
          "java.util.Enumeration",
          "java.util.Spliterator",
          "java.util.concurrent.Flow.Publisher",
          "org.reactivestreams.Publisher");

  private static final String BODY_PUBLISHER = "java.net.http.HttpRequest.BodyPublisher";

  private static final Set<String> CALLBACKS =
      Set.of(
          "java.util.function.Consumer",
          "java.util.function.BiConsumer",
          "java.util.function.IntConsumer",
          "java.util.function.LongConsumer",
          "java.util.function.DoubleConsumer",
          "java.util.function.ObjIntConsumer",
          "java.util.function.ObjLongConsumer",
          "java.util.function.ObjDoubleConsumer",
          "java.util.concurrent.Flow.Subscriber",
          "java.nio.channels.CompletionHandler",
          "org.reactivestreams.Subscriber",
          "io.reactivex.rxjava3.core.Observer",
          "io.reactivex.rxjava3.core.SingleObserver",
          "io.reactivex.rxjava3.core.MaybeObserver",
          "io.reactivex.rxjava3.core.CompletableObserver",
          "io.grpc.stub.StreamObserver",
          "dev.langchain4j.model.StreamingResponseHandler",
          "dev.langchain4j.model.chat.response.StreamingChatResponseHandler",
          "okhttp3.Callback",
          "okhttp3.sse.EventSourceListener",
          "retrofit2.Callback");

  private static final String CONTINUATION = "kotlin.coroutines.Continuation";

  private final Elements elements;
  private final Supertypes supertypes;

  KnownTypes(Elements elements, Supertypes supertypes) {
    this.elements = elements;
    this.supertypes = supertypes;
  }

  ReturnFamily familyOf(TypeMirror type) {
    Set<String> names = supertypes.names(type);
    if (isAny(names, FUTURES)) {
      return ReturnFamily.FUTURE;
    }
    if (isAny(names, PUBLISHERS)) {
      return ReturnFamily.PUBLISHER;
    }
    return isStream(type, names) || isStreamHandle(type, names)
        ? ReturnFamily.STREAM
        : ReturnFamily.VALUE;
  }

  private static boolean isAny(Set<String> names, Set<String> known) {
    return !Collections.disjoint(names, known);
  }

  /** A list is an Iterable too, and there; a bare Iterable may be fetched as it is read. */
  private static boolean isStream(TypeMirror type, Set<String> names) {
    return isAny(names, STREAMS)
        || (type.getKind() == TypeKind.DECLARED && isNamed(type, "java.lang.Iterable"));
  }

  private static boolean isNamed(TypeMirror type, String name) {
    TypeElement element = (TypeElement) ((DeclaredType) type).asElement();
    return element.getQualifiedName().contentEquals(name);
  }

  /** As the providers' SDKs have them: something to close, with a method that returns a stream. */
  private boolean isStreamHandle(TypeMirror type, Set<String> names) {
    if (type.getKind() != TypeKind.DECLARED || !names.contains("java.lang.AutoCloseable")) {
      return false;
    }
    TypeElement element = (TypeElement) ((DeclaredType) type).asElement();
    return instanceMethods(element)
        .filter(method -> method.getParameters().isEmpty())
        .map(ExecutableElement::getReturnType)
        .anyMatch(returned -> isStream(returned, supertypes.names(returned)));
  }

  private Stream<ExecutableElement> instanceMethods(TypeElement type) {
    return ElementFilter.methodsIn(elements.getAllMembers(type)).stream()
        .filter(method -> method.getModifiers().contains(Modifier.PUBLIC))
        .filter(method -> !method.getModifiers().contains(Modifier.STATIC));
  }

  ParameterRole roleOf(TypeMirror type) {
    Set<String> names = supertypes.names(type);
    if (names.contains(Names.CANCELLATION_TOKEN)) {
      return ParameterRole.TOKEN;
    }
    if (names.contains(CONTINUATION)) {
      return ParameterRole.CONTINUATION;
    }
    if (isAny(names, CALLBACKS)) {
      return ParameterRole.CALLBACK;
    }
    return isAny(names, ONE_SHOTS) && !names.contains(BODY_PUBLISHER)
        ? ParameterRole.ONE_SHOT
        : ParameterRole.PLAIN;
  }

  boolean isExactToken(TypeMirror type) {
    return type.getKind() == TypeKind.DECLARED && isNamed(type, Names.CANCELLATION_TOKEN);
  }
}
