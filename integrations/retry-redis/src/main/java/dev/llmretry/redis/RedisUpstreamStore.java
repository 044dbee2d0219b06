package dev.llmretry.redis;

import static java.util.Objects.requireNonNull;

import dev.llmretry.runtime.upstream.StoreReply;
import dev.llmretry.runtime.upstream.UpstreamStore;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.lettuce.core.resource.Delay;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Shares upstreams among processes through Redis, 6.2 or later:
 *
 * <pre>{@code
 * var store = RedisUpstreamStore.connect("redis://redis.internal");
 * RetryRuntime runtime = RetryRuntime.builder()
 *     .upstream(Upstream.builder("openai").store(store).build())
 *     .build();
 * }</pre>
 *
 * <p>The state of an upstream is a hash, {@code llmretry:1:} and its name, which expires an hour
 * after it was last used; changes are published on the channel of the same name. The Redis user
 * needs both. A cluster is not supported; Sentinel is.
 *
 * <p>Calls do not wait for Redis: while it cannot be reached, they continue without it. Two
 * connections are used, whatever the number of upstreams and calls. Safe for use by several
 * threads.
 */
public final class RedisUpstreamStore implements UpstreamStore, AutoCloseable {

  private static final Duration RECONNECT = Duration.ofMillis(500);
  private static final Duration TIMEOUT = Duration.ofSeconds(1);
  private static final int MAX_PENDING = 10_000;

  private final ClientResources resources;
  private final RedisClient client;
  private final Connecting<StatefulRedisConnection<String, String>> commands;
  private final Connecting<StatefulRedisPubSubConnection<String, String>> subscriptions;

  private RedisUpstreamStore(RedisURI uri) {
    resources =
        DefaultClientResources.builder()
            .ioThreadPoolSize(2)
            .computationThreadPoolSize(2)
            .reconnectDelay(Delay.constant(RECONNECT))
            .build();
    client = RedisClient.create(resources, uri);
    client.setOptions(
        ClientOptions.builder()
            // A request that is made late would take turns that nobody uses.
            .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
            .replayFilter(command -> true)
            .requestQueueSize(MAX_PENDING)
            .timeoutOptions(TimeoutOptions.enabled(TIMEOUT))
            .build());
    commands = new Connecting<>(() -> client.connectAsync(StringCodec.UTF8, uri));
    subscriptions = new Connecting<>(() -> client.connectPubSubAsync(StringCodec.UTF8, uri));
  }

  /**
   * {@return a store that uses a Redis server} Connects in the background; a server that cannot be
   * reached is tried again.
   *
   * @param uri the address, such as {@code redis://user:password@host:6379}; {@code rediss} for TLS
   * @throws IllegalArgumentException if {@code uri} is not an address
   */
  public static RedisUpstreamStore connect(String uri) {
    return connect(RedisURI.create(requireNonNull(uri, "uri")));
  }

  /**
   * {@return a store that uses a Redis server} Connects in the background; a server that cannot be
   * reached is tried again.
   *
   * @param uri the address
   */
  public static RedisUpstreamStore connect(RedisURI uri) {
    return new RedisUpstreamStore(requireNonNull(uri, "uri"));
  }

  @Override
  public Membership join(String upstream, Consumer<StoreReply> listener) {
    var membership =
        new RedisMembership(
            upstream, listener, commands, subscriptions, resources.eventExecutorGroup());
    membership.subscribe();
    return membership;
  }

  /** Closes the connections; upstreams continue without this store. */
  @Override
  public void close() {
    client.shutdown();
    var unused = resources.shutdown();
  }
}
