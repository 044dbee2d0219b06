package acme.checks;

import dev.llmretry.FailureKind;
import dev.llmretry.LlmRetry;
import dev.llmretry.Rejection;
import dev.llmretry.ResultCheck;
import dev.llmretry.Revised;
import dev.llmretry.Reviser;
import dev.llmretry.StreamRetry;
import dev.llmretry.runtime.CancellationToken;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.stream.Stream;

@LlmRetry(check = Checks.NotEmpty.class)
interface Checks<T> {

  String value(String question) throws IOException, InterruptedException;

  @LlmRetry(check = Checks.NotEmpty.class, attemptTimeoutMs = 2000)
  String timed(String question, CancellationToken token);

  @LlmRetry(check = Checks.Any.class)
  List<T> generic(String question);

  @LlmRetry(check = Checks.NotEmpty.class, stream = StreamRetry.UNTIL_FIRST_ELEMENT)
  Stream<String> stream(String question);

  @LlmRetry(check = Checks.NotEmpty.class, stream = StreamRetry.UNTIL_FIRST_ELEMENT)
  Handle handle(String question);

  @LlmRetry(revise = Checks.Ask.class)
  String revised(@Revised String question) throws IOException;

  @LlmRetry(revise = Checks.Ask.class, attemptTimeoutMs = 2000)
  String revisedTimed(@Revised String question, CancellationToken token);

  @LlmRetry(check = Checks.NotEmpty.class, revise = Checks.Ask.class)
  CompletableFuture<String> revisedFuture(@Revised String question);

  @LlmRetry(revise = Checks.Ask.class)
  Flow.Publisher<String> revisedPublisher(@Revised String question);

  CompletableFuture<String> future(String question);

  Flow.Publisher<String> publisher(String question);

  int notChecked(String question);

  Integer ofAnotherType(String question);

  final class NotEmpty implements ResultCheck<CharSequence> {
    @Override
    public Rejection check(CharSequence answer) {
      return answer.isEmpty() ? Rejection.of("the answer is empty") : null;
    }
  }

  final class Ask implements Reviser<String> {
    @Override
    public String revise(String question, FailureKind kind, Throwable error) {
      return question + " (" + kind + ")";
    }
  }

  final class Any implements ResultCheck<Object> {
    @Override
    public Rejection check(Object answer) {
      return null;
    }
  }

  interface Handle extends AutoCloseable {
    Iterator<String> elements();

    @Override
    void close();
  }
}
