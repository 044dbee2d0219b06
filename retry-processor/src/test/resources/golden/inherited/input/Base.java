package acme.inherited;

import dev.llmretry.LlmRetry;
import java.io.IOException;
import java.util.List;

interface Base<Q, A> {

  @LlmRetry(max = 1)
  A ask(Q question) throws IOException;

  @LlmRetry(max = 2)
  List<? extends A> askAll(List<? extends Q> questions);

  Object describe() throws IOException, InterruptedException;

  @LlmRetry
  Object covariant();
}
