package acme.contracts;

import dev.llmretry.LlmRetry;
import java.io.Serializable;

@SuppressWarnings({"all", "try", "rawtypes"})
public interface Session extends AutoCloseable, Serializable, Comparable<Session> {

  @LlmRetry
  java.util.List ask(java.util.Map raw);

  @Override
  void close() throws Exception;
}
