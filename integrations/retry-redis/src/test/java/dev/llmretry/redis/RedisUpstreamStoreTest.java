package dev.llmretry.redis;

import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.llmretry.runtime.CapturedLog;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.Upstream;
import dev.llmretry.runtime.upstream.Pace;
import dev.llmretry.runtime.upstream.StoreField;
import dev.llmretry.runtime.upstream.StoreReply;
import dev.llmretry.runtime.upstream.StoreRequest;
import dev.llmretry.runtime.upstream.UpstreamStore.Membership;
import dev.llmretry.testing.internal.StoredUpstream;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** With a real Redis server. How fast this machine is must not matter. */
@Tag("matrix")
class RedisUpstreamStoreTest {

  private static final long PATIENCE_SECONDS = 60;

  @RegisterExtension final CapturedLog log = new CapturedLog();

  private RedisServer server;

  @BeforeEach
  void start() throws IOException {
    server = new RedisServer();
  }

  @AfterEach
  void stop() throws InterruptedException {
    if (server != null) {
      server.close();
    }
  }

  private static void await(BooleanSupplier condition) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      assertThat(NANOSECONDS.toSeconds(System.nanoTime() - start)).isLessThan(PATIENCE_SECONDS);
      LockSupport.parkNanos(5_000_000);
    }
  }

  private static void awaitAnswers(List<CompletableFuture<String>> calls) throws Exception {
    CompletableFuture.allOf(calls.toArray(CompletableFuture[]::new)).get(PATIENCE_SECONDS, SECONDS);
    assertThat(calls).allMatch(call -> call.join().equals("answer"));
  }

  private static long answered(List<CompletableFuture<String>> calls) {
    return calls.stream().filter(CompletableFuture::isDone).count();
  }

  private static boolean isClosed(Upstream upstream) {
    return !upstream.state().closedFor().isZero();
  }

  /** Closes the gate of one process until that of the other is closed. */
  private static void awaitSharing(Upstream one, Upstream other) {
    await(
        () -> {
          one.pushback(Duration.ofSeconds(50));
          return isClosed(other);
        });
  }

  @Test
  void aPauseIsThatOfAllProcesses() {
    try (var fleet = new Fleet(server.uri(), 3, 1_000, 1)) {
      awaitSharing(fleet.upstream(0), fleet.upstream(2));
      await(() -> isClosed(fleet.upstream(1)));
      try (var later = new Fleet(server.uri(), 1, 1_000, 1)) {
        await(() -> isClosed(later.upstream(0)));
        await(
            () -> {
              later.upstream(0).reset();
              return !isClosed(fleet.upstream(0));
            });
        await(() -> !isClosed(fleet.upstream(1)) && !isClosed(fleet.upstream(2)));
      }
    }
  }

  @Test
  void aFleetKeepsARateLimit() throws Exception {
    try (var fleet = new Fleet(server.uri(), 10, 100, 5)) {
      List<CompletableFuture<String>> calls = fleet.call(400);
      awaitAnswers(calls);
      // All of the first 400 requests are made at once; after that few are refused.
      assertThat(fleet.requests.get()).isLessThan(400 + 395 + 200);
    }
  }

  @Test
  void noCallIsLostWhenRedisIsKilled() throws Exception {
    try (var fleet = new Fleet(server.uri(), 5, 50, 5)) {
      List<CompletableFuture<String>> calls = fleet.call(200);
      await(() -> answered(calls) >= 50);
      server.kill();
      awaitAnswers(calls);
    }
    assertThat(log.warnings()).hasSize(1);
    assertThat(log.warnings().get(0))
        .matches(
            "Upstream\\[provider]: its store (does not answer within 50 ms|fails)\\. Until .*");
  }

  @Test
  void sharingResumesWhenRedisIsBack() throws Exception {
    try (var fleet = new Fleet(server.uri(), 2, 50, 5)) {
      List<CompletableFuture<String>> calls = fleet.call(60);
      await(() -> answered(calls) >= 10);
      server.kill();
      awaitAnswers(calls);
      server.restart();
      awaitSharing(fleet.upstream(0), fleet.upstream(1));
    }
  }

  @Test
  void redisMayBeStartedAfterTheProcesses() throws Exception {
    server.kill();
    try (var fleet = new Fleet(server.uri(), 2, 50, 5)) {
      List<CompletableFuture<String>> calls = fleet.call(20);
      awaitAnswers(calls);
      server.restart();
      awaitSharing(fleet.upstream(0), fleet.upstream(1));
    }
  }

  @Test
  void anUpstreamThatIsAddedWhileRedisIsDownIsToldLater() throws Exception {
    try (var one = RedisUpstreamStore.connect(server.uri());
        var two = RedisUpstreamStore.connect(server.uri())) {
      awaitSharing(upstream("first", one), upstream("first", two));
      server.kill();
      Upstream late = upstream("second", one);
      server.restart();
      awaitSharing(upstream("second", two), late);
    }
  }

  private static Upstream upstream(String name, RedisUpstreamStore store) {
    Upstream upstream = Upstream.builder(name).store(store).build();
    RetryRuntime.builder().upstream(upstream).build(); // which gives it a clock
    return upstream;
  }

  @Test
  void aRedisThatHangsIsNotWaitedFor() throws Exception {
    try (var fleet = new Fleet(server.uri(), 3, 50, 5);
        RedisClient client = RedisClient.create(server.uri())) {
      RedisCommands<String, String> redis = client.connect().sync();
      List<CompletableFuture<String>> calls = fleet.call(120);
      await(() -> answered(calls) >= 20);
      redis.clientPause(Duration.ofMinutes(10).toMillis());
      awaitAnswers(calls); // long before Redis goes on
      assertThat(log.warnings()).hasSize(1);
    }
  }

  @Test
  void aWaitingCallCanBeCancelledWhileRedisHangs() throws Exception {
    try (var fleet = new Fleet(server.uri(), 2, 1, 1);
        RedisClient client = RedisClient.create(server.uri())) {
      RedisCommands<String, String> redis = client.connect().sync();
      awaitSharing(fleet.upstream(0), fleet.upstream(1));
      redis.clientPause(Duration.ofMinutes(10).toMillis());
      CompletableFuture<String> call = fleet.call(1).get(0);
      assertThat(fleet.upstream(0).state().waiting()).isOne();
      call.cancel(true);
      assertThat(fleet.upstream(0).state().waiting()).isZero();
      assertThat(call).isCancelled();
    }
  }

  @Test
  void theStateExpires() {
    try (var fleet = new Fleet(server.uri(), 2, 1, 1);
        RedisClient client = RedisClient.create(server.uri())) {
      RedisCommands<String, String> redis = client.connect().sync();
      awaitSharing(fleet.upstream(0), fleet.upstream(1));
      assertThat(redis.keys("*")).containsExactly("llmretry:1:provider");
      assertThat(Duration.ofMillis(redis.pttl("llmretry:1:provider")))
          .isBetween(Duration.ofMinutes(50), Duration.ofMinutes(70));
      assertThat(redis.hgetall("llmretry:1:provider"))
          .containsKeys("closed_until", "rate", "version");
    }
  }

  /** The model is what the simulator runs. */
  @Test
  void theScriptDoesWhatTheModelDoes() throws Exception {
    var random = new Random(7);
    var model = new StoredUpstream();
    long modelVersion = 0;
    long version = 0;
    double closedUntil = 0; // in microseconds of the server's clock
    try (RedisUpstreamStore store = RedisUpstreamStore.connect(server.uri())) {
      Membership membership = store.join("compared", reply -> {});
      await(
          () ->
              exchange(membership, new StoreRequest(-1, 0, 0, 0, 0, new Pace(1, 0, 0), null))
                      .members()
                  == 1);
      long origin = 0;
      for (int i = 0; i < 500; i++) {
        boolean changes = i == 0 || random.nextInt(10) == 0;
        boolean isStale = random.nextInt(10) == 0 && i > 0;
        Map<StoreField, Double> change = changes ? randomState(random) : null;
        var pace =
            random.nextBoolean()
                ? new Pace(2, random.nextDouble() * 2, 0)
                : new Pace(1 + random.nextInt(200), 0, random.nextDouble());
        int begun = random.nextInt(3);
        int turns = random.nextInt(3);
        StoreReply reply =
            exchange(
                membership,
                new StoreRequest(isStale ? 1 : version, begun, i % 4, i % 2, turns, pace, change));
        if (reply.changed()) {
          long changedAt = reply.version(); // as time has passed since the last change
          closedUntil = changedAt + change.get(StoreField.CLOSED_UNTIL) / 1_000;
          origin = origin == 0 ? changedAt : origin;
        }
        double now = closedUntil - reply.get(StoreField.CLOSED_UNTIL) / 1_000 - origin;
        StoreReply expected =
            model.exchange(
                new StoreRequest(
                    isStale ? -1 : modelVersion, begun, i % 4, i % 2, turns, pace, change),
                1,
                Math.round(now) * 1_000);
        assertThat(reply.changed()).isEqualTo(expected.changed()).isEqualTo(changes && !isStale);
        for (StoreField field : StoreField.values()) {
          assertThat(reply.get(field))
              .as("%s after request %s", field, i)
              .isCloseTo(
                  expected.get(field),
                  within(Math.max(5_000, Math.abs(expected.get(field)) * 1e-9)));
        }
        assertThat(reply.turns()).hasSameSizeAs(expected.turns());
        for (int turn = 0; turn < reply.turns().size(); turn++) {
          assertThat(reply.turns().get(turn)).isCloseTo(expected.turns().get(turn), within(5_000L));
        }
        version = reply.version();
        modelVersion = expected.version();
      }
    }
  }

  private static StoreReply exchange(Membership membership, StoreRequest request) {
    return membership.exchange(request).toCompletableFuture().join();
  }

  private static Map<StoreField, Double> randomState(Random random) {
    Map<StoreField, Double> state = new EnumMap<>(StoreField.class);
    for (StoreField field : StoreField.values()) {
      double value = random.nextInt(1_000);
      state.put(field, field.isTime() ? Math.rint((value - 300) * 1_000) * 1_000 : value);
    }
    return state;
  }
}
