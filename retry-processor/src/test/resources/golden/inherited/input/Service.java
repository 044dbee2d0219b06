package acme.inherited;

import dev.llmretry.LlmRetry;
import dev.llmretry.NoRetry;
import java.util.List;

public interface Service extends Base<String, Integer>, Described {

  @Override
  Integer covariant();

  @Override
  @NoRetry
  List<? extends Integer> askAll(List<? extends String> questions);

  @Override
  @LlmRetry(max = 5)
  String describe();

  @LlmRetry
  String own();
}
