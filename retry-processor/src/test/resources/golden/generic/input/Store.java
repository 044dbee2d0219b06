package acme.generic;

import dev.llmretry.LlmRetry;
import dev.llmretry.runtime.CancellationToken;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

public interface Store<K extends Comparable<? super K>, V, X extends Exception> {

  @LlmRetry
  V find(K key) throws X;

  @LlmRetry
  <T extends Number & Comparable<T>> Map<K, ? extends List<T>> findAll(
      Function<? super K, T[]> loader, CancellationToken token) throws X;

  @LlmRetry(deadlineMs = 5_000)
  <E extends Throwable> void remove(K key, Class<E> error) throws E, X;

  <T> T unretried(List<? super T> sink);

  @LlmRetry
  Map.Entry<K, V>[] entries();
}
