package dev.llmretry.examples.provider;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The server: one thread that accepts connections, and one for each connection, which serves one
 * request. It works on bare sockets, since a decent HTTP server would neither break a connection in
 * the middle of an answer nor fall silent.
 */
public final class EmbeddedProvider implements AutoCloseable {

  private static final int BACKLOG = 200;

  private final ServerSocket server;
  private final Thread acceptor;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final ConcurrentLinkedQueue<Reply> script = new ConcurrentLinkedQueue<>();
  private final AtomicInteger requests = new AtomicInteger();
  private final Semaphore arrivals = new Semaphore(0);
  private final Semaphore departures = new Semaphore(0);
  private volatile @Nullable RateLimit limit;
  private volatile @Nullable Consumer<Request> observer;

  /**
   * Starts a provider on a free port of the loopback interface.
   *
   * @throws UncheckedIOException if there is none
   */
  public EmbeddedProvider() {
    try {
      server = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException("The embedded provider cannot listen", e);
    }
    acceptor = startThread("provider", this::acceptAll);
  }

  /** Returns the URL that a client takes for OpenAI's. */
  public URI baseUrl() {
    return URI.create("http://127.0.0.1:" + server.getLocalPort() + "/v1");
  }

  /** Sets how to react to the next requests, in their order; those after them are answered. */
  public void script(List<Reply> replies) {
    script.clear();
    script.addAll(replies);
  }

  /** Sets a limit for requests that have no scripted reply; null for none. */
  public void limit(@Nullable RateLimit requests) {
    limit = requests;
  }

  /** Sets what receives each request before the reply to it; null for nothing. */
  public void observe(@Nullable Consumer<Request> each) {
    observer = each;
  }

  /** Returns how many requests have come so far. */
  public int requests() {
    return requests.get();
  }

  /** Blocks until one more request has come than this method has returned for. */
  public void awaitRequest() throws InterruptedException {
    arrivals.acquire();
  }

  /** Blocks until one more connection has ended than this method has returned for. */
  public void awaitEnd() throws InterruptedException {
    departures.acquire();
  }

  private void acceptAll() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        open.add(socket);
        startThread("provider-connection", () -> serve(socket));
      } catch (IOException e) {
        // Closed, or this one connection came to nothing.
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      Connection connection = new Connection(socket);
      Request request = connection.read();
      Consumer<Request> observing = observer;
      if (observing != null) {
        observing.accept(request);
      }
      requests.incrementAndGet();
      arrivals.release();
      Reply scripted = script.poll();
      react(scripted == null ? unscripted() : scripted, request, connection);
    } catch (IOException e) {
      // The client hung up, as it may.
    } finally {
      open.remove(socket);
      departures.release();
    }
  }

  private Reply unscripted() {
    RateLimit requests = limit;
    Duration wait = requests == null ? Duration.ZERO : requests.request();
    return wait.isZero()
        ? Replies.answer()
        : Replies.rateLimited().with("retry-after-ms", Long.toString(wait.toMillis()));
  }

  private static void react(Reply reply, Request request, Connection connection)
      throws IOException {
    if (reply instanceof Reply.Failure failure) {
      connection.write(OpenAiAnswers.error(failure));
    } else if (reply instanceof Reply.Silence) {
      connection.awaitHangUp();
    } else if (request.body().contains("\"stream\":true")) {
      new StreamedAnswer(request, connection).write(reply);
    } else if (reply instanceof Reply.Text answer) {
      connection.write(OpenAiAnswers.saying(answer.text()));
    } else if (reply instanceof Reply.Drop) {
      connection.writeHalf(OpenAiAnswers.answer(request));
      connection.reset();
    } else if (reply instanceof Reply.Stall) {
      connection.writeHalf(OpenAiAnswers.answer(request));
      connection.awaitHangUp();
    } else {
      connection.write(OpenAiAnswers.answer(request));
    }
  }

  private static Thread startThread(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  /**
   * Stops listening and closes all connections. The acceptor is waited for, since until it has
   * noticed, the system still accepts connections in its name. If the thread is interrupted, its
   * flag is kept.
   */
  @Override
  public void close() {
    try {
      server.close();
      joinAcceptor();
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void joinAcceptor() {
    boolean interrupted = false;
    while (acceptor.isAlive()) {
      try {
        acceptor.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
