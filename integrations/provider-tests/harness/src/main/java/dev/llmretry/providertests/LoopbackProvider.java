package dev.llmretry.providertests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A provider that does as it is told: one thread that accepts connections, and one for each
 * connection, which serves one request. It works on bare sockets, since a decent HTTP server would
 * neither break an answer off nor fall silent.
 */
public final class LoopbackProvider implements AutoCloseable {

  private static final int BACKLOG = 50;

  /** Fails whichever test makes more requests than it has planned for. */
  private static final Reply UNPLANNED = Reply.json(418, "{}");

  private final ServerSocket server;
  private final Thread acceptor;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final ConcurrentLinkedQueue<Reply> script;
  private final List<Request> requests = new CopyOnWriteArrayList<>();

  /**
   * Starts a provider on a free port of the loopback interface.
   *
   * @param script what to do with each request, in their order
   * @throws UncheckedIOException if there is no free port
   */
  public LoopbackProvider(List<Reply> script) {
    this.script = new ConcurrentLinkedQueue<>(script);
    try {
      server = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException("The provider cannot listen", e);
    }
    acceptor = startThread("provider", this::acceptAll);
  }

  /** Returns the provider's URL, without a path and a slash for one. */
  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getLocalPort());
  }

  /** Returns the requests that have come so far. */
  public List<Request> requests() {
    return List.copyOf(requests);
  }

  /** Plans one more reply, to the request after those that have one. */
  public void answer(Reply reply) {
    script.add(reply);
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
      requests.add(connection.read());
      Reply reply = script.poll();
      connection.write(reply == null ? UNPLANNED : reply);
    } catch (IOException e) {
      // The client hung up, as it may.
    } finally {
      open.remove(socket);
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
