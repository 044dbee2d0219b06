package dev.llmretry.redis;

import dev.llmretry.runtime.upstream.Pace;
import dev.llmretry.runtime.upstream.StoreReply;
import dev.llmretry.runtime.upstream.StoreRequest;
import dev.llmretry.runtime.upstream.UpstreamStore.Membership;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One process among those that share an upstream. Safe for use by several threads. */
final class RedisMembership implements Membership {

  /** Reads the state: no version is negative. */
  private static final StoreRequest READ =
      new StoreRequest(-1, 0, 0, 0, 0, new Pace(1, 0, 0), null);

  private static final int RETRY_SECONDS = 1;

  /**
   * Before the names of hashes and channels. The number is that of the format: processes with a
   * version of this library that uses another one share nothing with these.
   */
  private static final String PREFIX = "llmretry:1:";

  private final String id = UUID.randomUUID().toString();

  /** The name of the hash, and of the channel. */
  private final String key;

  private final Consumer<StoreReply> listener;
  private final Connecting<StatefulRedisConnection<String, String>> commands;
  private final Connecting<StatefulRedisPubSubConnection<String, String>> subscriptions;
  private final ScheduledExecutorService timer;

  RedisMembership(
      String upstream,
      Consumer<StoreReply> listener,
      Connecting<StatefulRedisConnection<String, String>> commands,
      Connecting<StatefulRedisPubSubConnection<String, String>> subscriptions,
      ScheduledExecutorService timer) {
    this.key = PREFIX + upstream;
    this.listener = listener;
    this.commands = commands;
    this.subscriptions = subscriptions;
    this.timer = timer;
  }

  /**
   * Subscribes as soon as Redis is reachable: an idle process also needs to learn of changes. The
   * client restores the subscription after a lost connection.
   */
  void subscribe() {
    var unused = subscriptions.get().whenComplete((connection, failure) -> subscribe(connection));
  }

  private void subscribe(@Nullable StatefulRedisPubSubConnection<String, String> connection) {
    if (connection == null) {
      later(this::subscribe);
    } else {
      connection.addListener(new Messages());
      subscribeOn(connection);
    }
  }

  /** The client restores only a subscription that it has sent once. */
  private void subscribeOn(StatefulRedisPubSubConnection<String, String> connection) {
    var unused =
        connection
            .async()
            .subscribe(key)
            .whenComplete(
                (done, failure) -> {
                  if (failure != null) {
                    later(() -> subscribeOn(connection));
                  }
                });
  }

  /** Reads the state, since messages about changes may have been missed. */
  private void read() {
    var unused =
        exchange(READ)
            .whenComplete(
                (state, failure) -> {
                  if (failure == null) {
                    listener.accept(state);
                  } else {
                    later(this::read);
                  }
                });
  }

  private void later(Runnable action) {
    if (!timer.isShutdown()) {
      var unused = timer.schedule(action, RETRY_SECONDS, TimeUnit.SECONDS);
    }
  }

  @Override
  public CompletionStage<StoreReply> exchange(StoreRequest request) {
    String[] arguments = ExchangeScript.arguments(key, id, request);
    return commands
        .get()
        .thenCompose(connection -> run(connection.async(), arguments))
        .thenApply(ExchangeScript::reply);
  }

  private CompletionStage<String> run(
      RedisAsyncCommands<String, String> redis, String[] arguments) {
    String[] keys = {key};
    return redis
        .<String>evalsha(ExchangeScript.DIGEST, ScriptOutputType.VALUE, keys, arguments)
        .exceptionallyCompose(
            e ->
                isUnknownScript(e)
                    ? redis.eval(ExchangeScript.TEXT, ScriptOutputType.VALUE, keys, arguments)
                    : CompletableFuture.failedFuture(e));
  }

  private static boolean isUnknownScript(Throwable e) {
    Throwable cause = e instanceof CompletionException ? e.getCause() : e;
    return cause instanceof RedisNoScriptException;
  }

  /** Receives the messages of the channel. */
  private final class Messages extends RedisPubSubAdapter<String, String> {

    @Override
    public void message(String channel, String message) {
      if (channel.equals(key) && !message.startsWith(id)) {
        listener.accept(ExchangeScript.reply(message.substring(message.indexOf(' ') + 1)));
      }
    }

    @Override
    public void subscribed(String channel, long count) {
      if (channel.equals(key)) {
        read();
      }
    }
  }
}
