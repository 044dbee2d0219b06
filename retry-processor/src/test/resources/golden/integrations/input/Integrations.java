package acme.integrations;

import com.google.api.core.ApiFuture;
import com.google.common.util.concurrent.ListenableFuture;
import dev.llmretry.LlmRetry;
import dev.llmretry.NoRetry;
import dev.llmretry.runtime.CancellationToken;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Observable;
import io.reactivex.rxjava3.core.Single;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

@LlmRetry
public interface Integrations {
  Mono<String> mono(String request);

  Flux<String> flux(String request, CancellationToken cancel);

  Flowable<String> flowable(String request);

  Observable<String> observable(String request, CancellationToken cancel);

  Single<String> single(String request);

  Maybe<? extends Number> maybe(String request);

  Completable completable(String request);

  ListenableFuture<String> guava(String request);

  ApiFuture<String> gax(String request, CancellationToken cancel);

  @NoRetry
  Mono<String> once(String request);
}
