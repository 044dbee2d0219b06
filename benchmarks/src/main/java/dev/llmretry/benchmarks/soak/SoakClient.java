package dev.llmretry.benchmarks.soak;

import dev.llmretry.runtime.CancellationToken;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow.Publisher;
import java.util.stream.Stream;

/** What is called through generated wrappers, which are those of the interfaces that extend it. */
interface SoakClient {

  Answer ask(Call call, CancellationToken token) throws IOException;

  CompletableFuture<Answer> begin(Call call, CancellationToken token);

  Publisher<Answer> publish(Call call, CancellationToken token);

  Stream<Answer> stream(Call call, CancellationToken token);
}
