package dev.llmretry.benchmarks.soak;

import dev.llmretry.runtime.CancellationToken;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow.Publisher;
import java.util.stream.Stream;

/** What is called through its generated wrapper. */
interface SoakClient {

  @Untimed
  Call ask(Call call, CancellationToken token) throws IOException;

  @InTime
  Call askInTime(Call call, CancellationToken token) throws IOException;

  @Untimed
  CompletableFuture<Call> begin(Call call, CancellationToken token);

  @InTime
  CompletableFuture<Call> beginInTime(Call call, CancellationToken token);

  @Untimed
  Publisher<Call> publish(Call call, CancellationToken token);

  @InTime
  Publisher<Call> publishInTime(Call call, CancellationToken token);

  @Untimed
  Stream<Call> stream(Call call, CancellationToken token);

  @InTime
  Stream<Call> streamInTime(Call call, CancellationToken token);
}
