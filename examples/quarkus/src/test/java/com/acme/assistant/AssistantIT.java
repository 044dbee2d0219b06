package com.acme.assistant;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The application, started and called over HTTP. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class AssistantIT {

  private static FakeProvider provider;
  private static Application application;

  private final HttpClient browser = HttpClient.newHttpClient();

  @BeforeAll
  static void start() throws IOException {
    provider = new FakeProvider();
    application = new Application(provider, "-Dllmretry.all.base-delay=10ms");
  }

  @AfterAll
  static void stop() throws InterruptedException {
    application.close();
    provider.close();
  }

  private static HttpRequest request(Application called, String path) {
    return HttpRequest.newBuilder(called.at(path)).build();
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return browser.send(request(application, path), BodyHandlers.ofString());
  }

  @Test
  void answersAfterFailuresAndShowsThemInItsMetrics() throws Exception {
    provider.answer(
        FakeProvider.error(503), FakeProvider.rateLimited(1), FakeProvider.text("42"));

    HttpResponse<String> answer = get("/ask?question=why");

    assertThat(answer.body()).isEqualTo("42");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(provider.requests.get()).isEqualTo(3);
    assertThat(get("/q/metrics").body())
        .containsPattern("llmretry_attempts_seconds_count\\{.*outcome=\"overloaded\".*} 1.0")
        .containsPattern("llmretry_wait_seconds_count\\{cause=\"provider\".*} 1.0");
  }

  @Test
  void hasTheSettingsOfItsConfiguration() throws Exception {
    provider.answer(FakeProvider.error(500));
    assertThat(get("/ask?question=why").statusCode()).isEqualTo(500);
    assertThat(provider.requests.get()).isEqualTo(5);
  }

  @Test
  void makesNoSecondAttemptIfTheQuotaIsExhausted() throws Exception {
    provider.answer(FakeProvider.quotaExhausted());
    assertThat(get("/ask?question=why").statusCode()).isEqualTo(500);
    assertThat(provider.requests.get()).isEqualTo(1);
  }

  @Test
  void streamsElementsAndRetriesUntilTheFirst() throws Exception {
    provider.answer(FakeProvider.error(529), FakeProvider.events("a", "b", "c"));
    HttpResponse<String> stream = get("/stream?question=why");
    assertThat(stream.body().replace("data:", "").split("\\s+")).containsExactly("a", "b", "c");
    assertThat(provider.requests.get()).isEqualTo(2);
  }

  @Test
  void endsTheProvidersRequestWhenTheBrowserDisconnects() throws Exception {
    var disconnected = new CountDownLatch(1);
    var broken = new CompletableFuture<Integer>();
    provider.answer(
        exchange -> {
          FakeProvider.begin(exchange);
          FakeProvider.send(exchange, "first");
          await(disconnected);
          for (int sent = 0; sent < 1_000_000; sent++) {
            try {
              FakeProvider.send(exchange, "more ".repeat(100));
            } catch (IOException e) {
              broken.complete(sent);
              return;
            }
          }
          broken.completeExceptionally(new AssertionError("the provider could send everything"));
        });

    var response =
        browser.send(request(application, "/stream?question=why"), BodyHandlers.ofInputStream());
    var reader = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
    assertThat(reader.readLine()).isEqualTo("data:first");
    response.body().close();
    disconnected.countDown();

    assertThat(broken.get(1, TimeUnit.MINUTES)).isNotNegative();
    assertThat(provider.requests.get()).isEqualTo(1);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void endsADelayWhenItShutsDown() throws Exception {
    var refused = new CountDownLatch(1);
    provider.answer(
        exchange -> {
          FakeProvider.rateLimited(50).answer(exchange);
          refused.countDown();
        });
    CompletableFuture<HttpResponse<String>> call;
    long start;
    try (Application ended = new Application(provider)) {
      call = browser.sendAsync(request(ended, "/ask?question=why"), BodyHandlers.ofString());
      await(refused);
      start = System.nanoTime();
    }
    assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start)).isLessThan(25);
    assertThat(call.handle((response, error) -> error == null ? response.statusCode() : 0).join())
        .isIn(0, 500);
    assertThat(provider.requests.get()).isEqualTo(1);
  }

  @Test
  void refusesToStartWithAWrongSetting() throws Exception {
    try (Application refused = new Application(provider, "-Dllmretry.methods.answer.max=-5")) {
      assertThat(refused.log()).contains("maxRetries is -5; from 0 to 10000 are possible");
    }
  }
}
