package com.acme.assistant;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A provider on a loopback socket that answers as it is told. */
final class FakeProvider implements AutoCloseable {

  /** How to answer a request. */
  interface Reply {
    void answer(HttpExchange exchange) throws IOException;
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Queue<Reply> replies = new ArrayDeque<>();

  /** The number of requests since it was told how to answer. */
  final AtomicInteger requests = new AtomicInteger();

  FakeProvider() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  String url() {
    return "http://localhost:" + server.getAddress().getPort();
  }

  /** Answers the next requests so, and further ones with the last of them. */
  synchronized void answer(Reply... next) {
    replies.clear();
    replies.addAll(List.of(next));
    requests.set(0);
  }

  private synchronized Reply next() {
    return replies.size() > 1 ? replies.poll() : replies.peek();
  }

  private void handle(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    requests.incrementAndGet();
    try (exchange) {
      next().answer(exchange);
    }
  }

  static Reply text(String text) {
    return exchange -> send(exchange, 200, text);
  }

  static Reply error(int status) {
    return exchange -> send(exchange, status, "{\"error\":{\"message\":\"try later\"}}");
  }

  static Reply quotaExhausted() {
    return exchange -> send(exchange, 429, "{\"error\":{\"code\":\"insufficient_quota\"}}");
  }

  static Reply rateLimited(int seconds) {
    return exchange -> {
      exchange.getResponseHeaders().add("Retry-After", Integer.toString(seconds));
      send(exchange, 429, "{\"error\":{\"message\":\"slow down\"}}");
    };
  }

  static Reply events(String... elements) {
    return exchange -> {
      begin(exchange);
      for (String element : elements) {
        send(exchange, element);
      }
    };
  }

  static void begin(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
  }

  static void send(HttpExchange exchange, String element) throws IOException {
    exchange.getResponseBody().write(("data:" + element + "\n\n").getBytes(StandardCharsets.UTF_8));
    exchange.getResponseBody().flush();
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
