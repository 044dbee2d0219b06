package dev.llmretry.runtime.async;

import java.lang.reflect.Proxy;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;

/** A stage of an odd make, which says whatever it is told to, however often. */
final class TalkativeStage {

  private BiConsumer<? super String, ? super Throwable> listener;

  /** Returns it as a stage; all that it can do is to be listened to. */
  @SuppressWarnings("unchecked")
  CompletionStage<String> stage() {
    return (CompletionStage<String>)
        Proxy.newProxyInstance(
            TalkativeStage.class.getClassLoader(),
            new Class<?>[] {CompletionStage.class},
            (proxy, method, arguments) -> {
              if (!method.getName().equals("whenComplete")) {
                throw new UnsupportedOperationException(method.getName());
              }
              listener = (BiConsumer<? super String, ? super Throwable>) arguments[0];
              return proxy;
            });
  }

  void say(String result, Throwable error) {
    listener.accept(result, error);
  }
}
