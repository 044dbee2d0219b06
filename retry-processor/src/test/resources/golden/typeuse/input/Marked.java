package acme.typeuse;

import dev.llmretry.LlmRetry;
import dev.llmretry.runtime.CancellationToken;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

@NullMarked
public interface Marked<T extends @Nullable Object> {

  @LlmRetry
  @Nullable String find(@Nullable String key, @Nullable CancellationToken token);

  @SuppressWarnings("unchecked")
  @LlmRetry
  Map<String, @Nullable List<@Nullable T>> all(String @Nullable [] keys, @Nullable T... more);

  @LlmRetry
  <U extends @Nullable Object> U pick(List<? extends @Nullable U> from);

  @LlmRetry
  Map.@Nullable Entry<String, T> first();
}
