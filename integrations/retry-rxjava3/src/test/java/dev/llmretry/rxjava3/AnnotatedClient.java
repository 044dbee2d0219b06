package dev.llmretry.rxjava3;

import dev.llmretry.LlmRetry;
import dev.llmretry.runtime.CancellationToken;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Observable;
import io.reactivex.rxjava3.core.Single;

/** What a user writes. */
@LlmRetry(max = 3, baseDelayMs = 100)
interface AnnotatedClient {

  Single<String> ask(String question);

  Flowable<String> stream(String question, CancellationToken cancel);

  Observable<String> observe(String question);

  Maybe<String> perhaps(String question, CancellationToken cancel);

  Completable tell(String fact);
}
