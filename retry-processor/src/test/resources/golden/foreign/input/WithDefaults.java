package acme.foreign;

import dev.llmretry.LlmRetry;
import dev.llmretry.NoRetry;
import dev.llmretry.StreamCallback;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

@LlmRetry(max = 1)
interface WithDefaults extends ChatModel, Described {

  default String ask(String question) {
    return call(question);
  }

  @LlmRetry(max = 2)
  default int parsed(String question, String... own) throws IOException {
    return Integer.parseInt(call(question));
  }

  @LlmRetry(max = 3)
  default CompletableFuture<Integer> parsedLater(String question) {
    return CompletableFuture.completedFuture(Integer.parseInt(call(question)));
  }

  @LlmRetry(max = 4)
  default void emit(String question, @StreamCallback Consumer<String> onText) {
    onText.accept(call(question));
  }

  @NoRetry
  default void warmUp(String delegate) {
    call(delegate);
  }

  @Override
  default String call(Number request) {
    return call(request.toString());
  }
}
