package dev.llmretry.benchmarks.callers.provider;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** A provider on the loopback interface; it speaks as OpenAI, Anthropic and Ollama do. */
public final class LoopbackProvider implements AutoCloseable {

  private static final int BACKLOG = 1_000;

  static {
    // Read when the first server is created. Otherwise the server closes connections that a client
    // is about to use, and waits for the client's delayed acknowledgements.
    System.setProperty("sun.net.httpserver.maxIdleConnections", "10000");
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final Service service;
  private final HttpServer server;
  private final ExecutorService readers = Executors.newCachedThreadPool();
  private final ScheduledExecutorService writers = Executors.newScheduledThreadPool(4);
  private final Map<Integer, Integer> counts = new ConcurrentHashMap<>();
  private final long start = System.nanoTime();

  /**
   * Starts a provider on a free port.
   *
   * @param service decides how it responds
   * @throws UncheckedIOException if there is no free port
   */
  public LoopbackProvider(Service service) {
    this.service = service;
    try {
      server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
    } catch (IOException e) {
      throw new UncheckedIOException("The provider cannot listen", e);
    }
    server.createContext("/", this::serve);
    server.setExecutor(readers);
    server.start();
  }

  /** Returns its URL, without a path. */
  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Returns the time since it started, in seconds. */
  public double seconds() {
    return (System.nanoTime() - start) / 1e9;
  }

  /** Returns how many requests it has received. */
  public int requests() {
    return counts.values().stream().mapToInt(count -> count).sum();
  }

  /** Returns to how many of them it responds with this status. */
  public int requests(int status) {
    return counts.getOrDefault(status, 0);
  }

  private void serve(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    Dialect dialect = Dialect.ofPath(exchange.getRequestURI().getPath());
    Reply reply = reply();
    counts.merge(reply.status(), 1, Integer::sum);
    if (reply.status() == Reply.SILENCE) {
      return; // closing the exchange would be a response
    }
    var unused =
        writers.schedule(
            () -> write(exchange, dialect, reply), (long) (reply.delay() * 1e9), NANOSECONDS);
  }

  private synchronized Reply reply() {
    return service.reply(seconds());
  }

  private static void write(HttpExchange exchange, Dialect dialect, Reply reply) {
    byte[] body = dialect.body(reply).getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    if (!Double.isNaN(reply.retryAfter())) {
      dialect.hint(reply).forEach(exchange.getResponseHeaders()::set);
    }
    try (exchange) {
      exchange.sendResponseHeaders(reply.status(), body.length);
      exchange.getResponseBody().write(body);
    } catch (IOException e) {
      System.err.println("The client has closed the connection: " + e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    readers.shutdownNow();
    writers.shutdownNow();
  }
}
