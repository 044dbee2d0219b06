package acme.overloads;

import dev.llmretry.LlmRetry;
import dev.llmretry.NoRetry;
import dev.llmretry.runtime.CancellationToken;
import java.util.List;
import java.util.Map;

/** Retried methods of the same name have names of their own in logs and metrics. */
@LlmRetry
public interface Overloads<T extends Number> {

  String chat(String prompt);

  String chat(List<String> prompts, CancellationToken token);

  String chat(String first, String... more);

  String chat(Map.Entry<String, Integer> entry, int[] counts);

  <S extends CharSequence> String chat(S prompt, T count);

  void clear();

  void since(java.util.Date date);

  void since(java.sql.Date date);

  String once(String prompt);

  @NoRetry
  String once(int prompt);
}
