package dev.llmretry.processor.read;

import dev.llmretry.processor.model.AsyncAdapter;
import dev.llmretry.processor.model.Callback;
import dev.llmretry.processor.model.ElementSource;
import dev.llmretry.processor.model.ParameterRole;
import dev.llmretry.processor.model.ReturnFamily;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@link KnownTypes}: a type that affects how methods which return or take it are retried.
 *
 * @param name the qualified name of the type
 * @param family the family of methods that return the type or a subtype
 * @param adapter what retries methods that return exactly this type
 * @param pulledAs how to pull elements from a result of exactly this type
 * @param role the role of parameters of the type or a subtype
 * @param callbackKind the kind of a callback of exactly this type
 * @param receivesSubscription whether implementations are passed a subscription before the elements
 */
record KnownType(
    String name,
    @Nullable ReturnFamily family,
    @Nullable AsyncAdapter adapter,
    @Nullable ElementSource pulledAs,
    @Nullable ParameterRole role,
    Callback.@Nullable Kind callbackKind,
    boolean receivesSubscription) {

  /** Creates an empty row. */
  static KnownType type(String name) {
    return new KnownType(name, null, null, null, null, null, false);
  }

  KnownType returned(ReturnFamily returnFamily) {
    return new KnownType(
        name, returnFamily, adapter, pulledAs, role, callbackKind, receivesSubscription);
  }

  KnownType retriedBy(AsyncAdapter asyncAdapter) {
    return new KnownType(
        name, family, asyncAdapter, pulledAs, role, callbackKind, receivesSubscription);
  }

  KnownType pulledAs(ElementSource source) {
    return new KnownType(name, family, adapter, source, role, callbackKind, receivesSubscription);
  }

  KnownType passedAs(ParameterRole parameterRole) {
    return new KnownType(
        name, family, adapter, pulledAs, parameterRole, callbackKind, receivesSubscription);
  }

  KnownType subscribed() {
    return new KnownType(name, family, adapter, pulledAs, role, callbackKind, true);
  }

  KnownType subscribedAs(Callback.Kind kind) {
    return new KnownType(name, family, adapter, pulledAs, role, kind, true);
  }
}
