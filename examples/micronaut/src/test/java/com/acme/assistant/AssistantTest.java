package com.acme.assistant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmretry.runtime.InvalidSettingsException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The application, started and called over HTTP. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class AssistantTest {

  private final HttpClient browser = HttpClient.newHttpClient();
  private FakeProvider provider;
  private EmbeddedServer application;

  @BeforeEach
  void startProvider() throws IOException {
    provider = new FakeProvider();
  }

  @AfterEach
  void stop() {
    if (application != null) {
      application.close();
    }
    provider.close();
  }

  private void start() {
    start(Map.of("llmretry.all.base-delay", "10ms"));
  }

  private void start(Map<String, Object> settings) {
    Map<String, Object> all = new HashMap<>(settings);
    all.put("micronaut.server.port", -1); // a free one
    all.put("micronaut.http.services.provider.url", provider.url());
    application = ApplicationContext.run(EmbeddedServer.class, all);
  }

  private HttpRequest request(String path) {
    return HttpRequest.newBuilder(application.getURI().resolve(path)).build();
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return browser.send(request(path), BodyHandlers.ofString());
  }

  @Test
  void answersAfterFailuresAndShowsThemInItsMetrics() throws Exception {
    start();
    provider.answer(
        FakeProvider.error(503), FakeProvider.rateLimited(1), FakeProvider.text("42"));

    HttpResponse<String> answer = get("/ask?question=why");

    assertThat(answer.body()).isEqualTo("42");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(provider.requests.get()).isEqualTo(3);
    assertThat(get("/metrics/llmretry.attempts?tag=outcome:rate_limited").body())
        .contains("\"statistic\":\"COUNT\",\"value\":1");
  }

  @Test
  void hasTheSettingsOfItsConfiguration() throws Exception {
    start();
    provider.answer(FakeProvider.error(500));
    assertThat(get("/ask?question=why").statusCode()).isEqualTo(500);
    assertThat(provider.requests.get()).isEqualTo(5);
  }

  @Test
  void makesNoSecondAttemptIfTheQuotaIsExhausted() throws Exception {
    start();
    provider.answer(FakeProvider.quotaExhausted());
    assertThat(get("/ask?question=why").statusCode()).isEqualTo(500);
    assertThat(provider.requests.get()).isEqualTo(1);
  }

  @Test
  void streamsElementsAndRetriesUntilTheFirst() throws Exception {
    start();
    provider.answer(FakeProvider.error(529), FakeProvider.events("a", "b", "c"));
    HttpResponse<String> stream = get("/stream?question=why");
    assertThat(stream.body().replace("data: ", "").split("\\s+")).containsExactly("a", "b", "c");
    assertThat(provider.requests.get()).isEqualTo(2);
  }

  @Test
  void cancelsTheCallWhenTheBrowserDisconnects() throws Exception {
    start();
    var cancelled = new CountDownLatch(1);
    application
        .getApplicationContext()
        .getBean(MeterRegistry.class)
        .config()
        .onMeterAdded(
            meter -> {
              if (meter.getId().getName().equals("llmretry.calls")
                  && "cancelled".equals(meter.getId().getTag("outcome"))) {
                cancelled.countDown();
              }
            });
    provider.answer(
        exchange -> {
          FakeProvider.begin(exchange);
          FakeProvider.send(exchange, "first");
          while (cancelled.getCount() > 0) { // Micronaut notices it when it writes
            FakeProvider.send(exchange, "more ".repeat(100));
          }
        });

    var response = browser.send(request("/stream?question=why"), BodyHandlers.ofInputStream());
    var reader = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
    assertThat(reader.readLine()).isEqualTo("data: first");
    response.body().close();

    assertThat(cancelled.await(1, TimeUnit.MINUTES)).isTrue();
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
    start();
    var refused = new CountDownLatch(1);
    provider.answer(
        exchange -> {
          FakeProvider.rateLimited(50).answer(exchange);
          refused.countDown();
        });
    CompletableFuture<HttpResponse<String>> call =
        browser.sendAsync(request("/ask?question=why"), BodyHandlers.ofString());
    await(refused);

    long start = System.nanoTime();
    application.close();

    assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start)).isLessThan(25);
    assertThat(call.handle((response, error) -> error == null ? response.statusCode() : 0).join())
        .isIn(0, 500);
    assertThat(provider.requests.get()).isEqualTo(1);
  }

  @Test
  void refusesToStartWithAWrongSetting() {
    assertThatThrownBy(() -> start(Map.of("llmretry.methods.answer.mxa", 1)))
        .hasRootCauseInstanceOf(InvalidSettingsException.class)
        .rootCause()
        .hasMessageContaining("did you mean max?");
  }
}
