package dev.llmretry.conformance.async;

import java.lang.reflect.Proxy;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;

/** A stage that implements {@code whenComplete} only, and may complete any number of times. */
final class ManualStage {

  private BiConsumer<? super String, ? super Throwable> listener;

  /** Returns the stage. */
  @SuppressWarnings("unchecked")
  CompletionStage<String> stage() {
    return (CompletionStage<String>)
        Proxy.newProxyInstance(
            ManualStage.class.getClassLoader(),
            new Class<?>[] {CompletionStage.class},
            (proxy, method, arguments) -> {
              if (!method.getName().equals("whenComplete")) {
                throw new UnsupportedOperationException(method.getName());
              }
              listener = (BiConsumer<? super String, ? super Throwable>) arguments[0];
              return proxy;
            });
  }

  void complete(String result, Throwable error) {
    listener.accept(result, error);
  }
}
