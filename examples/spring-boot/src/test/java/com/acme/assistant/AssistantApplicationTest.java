package com.acme.assistant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmretry.runtime.InvalidSettingsException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The application, started and called over HTTP. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class AssistantApplicationTest {

  @TempDir private Path folder;

  private final HttpClient browser = HttpClient.newHttpClient();
  private FakeProvider provider;
  private ConfigurableApplicationContext application;

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

  private void start(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--server.port=0");
    all.add("--spring.http.serviceclient.default.base-url=" + provider.url());
    all.add("--spring.config.import=optional:file:" + folder + "/retry.yml");
    all.add("--llmretry.all.base-delay=10ms");
    application = SpringApplication.run(AssistantApplication.class, all.toArray(String[]::new));
  }

  private HttpRequest.Builder request(String path) {
    String port = application.getEnvironment().getRequiredProperty("local.server.port");
    return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return browser.send(request(path).build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> refresh() throws IOException, InterruptedException {
    HttpRequest post =
        request("/actuator/llmretry")
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{}"))
            .build();
    return browser.send(post, BodyHandlers.ofString());
  }

  @Test
  void answersAfterFailuresAndShowsThemInItsMetrics() throws Exception {
    start();
    provider.answer(
        FakeProvider.error(503), FakeProvider.rateLimited(1), FakeProvider.text("42"));

    HttpResponse<String> answer = get("/ask?question=why");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("42");
    assertThat(provider.keys).hasSize(3).doesNotContain("null").containsOnly(provider.keys.get(0));
    assertThat(get("/actuator/metrics/llmretry.attempts?tag=outcome:rate_limited").body())
        .contains("\"statistic\":\"COUNT\",\"value\":1");
    assertThat(get("/actuator/prometheus").body())
        .contains("llmretry_calls_seconds_count")
        .contains("outcome=\"overloaded\"")
        .containsPattern("llmretry_upstream_budget\\{.*upstream=\"");
    assertThat(get("/actuator/health").body()).contains("llmretry");
  }

  @Test
  void streamsElementsAndRetriesUntilTheFirst() throws Exception {
    start();
    provider.answer(FakeProvider.error(529), FakeProvider.events("a", "b", "c"));
    HttpResponse<String> stream = get("/stream?question=why");
    assertThat(stream.body().replace("data:", "").split("\\s+")).containsExactly("a", "b", "c");
    assertThat(provider.keys).hasSize(2);
  }

  @Test
  void endsTheProvidersRequestWhenTheBrowserDisconnects() throws Exception {
    start();
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

    var response = browser.send(request("/stream?question=why").build(), BodyHandlers.ofInputStream());
    var reader = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
    assertThat(reader.readLine()).isEqualTo("data:first");
    response.body().close();
    disconnected.countDown();

    assertThat(broken.get(1, TimeUnit.MINUTES)).isNotNegative();
    assertThat(provider.keys).as("requests").hasSize(1);
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
        browser.sendAsync(request("/ask?question=why").build(), BodyHandlers.ofString());
    await(refused);

    long start = System.nanoTime();
    application.close();

    assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start)).isLessThan(25);
    assertThat(call.handle((response, error) -> error == null ? response.statusCode() : 0).join())
        .isIn(0, 500);
    assertThat(provider.keys).as("requests").hasSize(1);
  }

  @Test
  void hasTheSettingsOfTheProfile() throws Exception {
    start();
    assertThat(get("/actuator/llmretry").body()).contains("\"max\":4").contains("\"jitter\":\"NONE\"");
    application.close();
    start("--spring.profiles.active=prod");
    assertThat(get("/actuator/llmretry").body())
        .contains("\"max\":6")
        .contains("\"jitter\":\"FULL\"")
        .contains("\"attempt-timeout\":\"PT30S\"");
  }

  @Test
  void changesSettingsWithoutARestart() throws Exception {
    start();
    provider.answer(FakeProvider.error(503));
    assertThat(get("/ask?question=why").statusCode()).isEqualTo(500);
    assertThat(provider.keys).hasSize(5);

    Path file = folder.resolve("retry.yml");
    Files.writeString(file, "llmretry.methods.answer.max: 1");
    assertThat(refresh().statusCode()).isEqualTo(200);
    provider.answer(FakeProvider.error(503));
    get("/ask?question=why");
    assertThat(provider.keys).hasSize(2);

    Files.writeString(file, "llmretry.methods.anser.max: 2");
    HttpResponse<String> refused = refresh();
    assertThat(refused.statusCode()).isEqualTo(400);
    provider.answer(FakeProvider.error(503));
    get("/ask?question=why");
    assertThat(provider.keys).hasSize(2);
  }

  @Test
  void refusesToStartWithAWrongSetting() throws Exception {
    Files.writeString(folder.resolve("retry.yml"), "llmretry.methods.answer.mxa: 1");
    assertThatThrownBy(() -> start())
        .hasRootCauseInstanceOf(InvalidSettingsException.class)
        .rootCause()
        .hasMessageContaining("retry.yml] - 1:30")
        .hasMessageContaining("did you mean max?");
  }
}
