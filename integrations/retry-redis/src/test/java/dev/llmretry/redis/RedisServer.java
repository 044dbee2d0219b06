package dev.llmretry.redis;

import static org.assertj.core.api.Assertions.fail;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Assumptions;
import redis.embedded.core.ExecutableProvider;

/** A real Redis server, which can be killed and started again on its port. */
final class RedisServer implements AutoCloseable {

  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final String executable;
  private final int port;
  private Process process;

  /** Starts a server; aborts the test if this machine has none. */
  RedisServer() throws IOException {
    executable = executable();
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    process = run();
  }

  String uri() {
    return "redis://127.0.0.1:" + port;
  }

  /** The one that the test dependency contains, else the one on the path. */
  private static String executable() {
    List<String> candidates = new ArrayList<>();
    try {
      File packed = ExecutableProvider.newJarResourceProvider().get();
      candidates.add(packed.getAbsolutePath());
    } catch (IOException | RuntimeException e) {
      System.err.println("No redis-server for this platform in embedded-redis: " + e);
    }
    Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .map(folder -> Path.of(folder, "redis-server"))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .forEach(candidates::add);
    for (String candidate : candidates) {
      if (runs(candidate)) {
        return candidate;
      }
    }
    String notice = "SKIPPED: there is no redis-server, neither packed nor on the path";
    System.err.println(notice);
    return Assumptions.abort(notice);
  }

  private static boolean runs(String candidate) {
    try {
      var process =
          new ProcessBuilder(candidate, "--version")
              .redirectErrorStream(true)
              .redirectOutput(Redirect.DISCARD)
              .start();
      return process.waitFor() == 0;
    } catch (IOException e) {
      System.err.println(candidate + " does not run here: " + e);
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private Process run() throws IOException {
    Process started =
        new ProcessBuilder(
                executable,
                "--port",
                "" + port,
                "--bind",
                "127.0.0.1",
                "--save",
                "",
                "--appendonly",
                "no",
                "--daemonize",
                "no")
            .redirectErrorStream(true)
            .redirectOutput(Redirect.DISCARD)
            .start();
    long start = System.nanoTime();
    while (!accepts()) {
      if (!started.isAlive() || System.nanoTime() - start > PATIENCE_NANOS) {
        started.destroyForcibly();
        fail("redis-server does not start");
      }
      LockSupport.parkNanos(10_000_000);
    }
    return started;
  }

  private boolean accepts() {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  /** Ends the server at once, as a crash does. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  /** Starts it again, without its data. */
  void restart() throws IOException {
    process = run();
  }

  @Override
  public void close() {
    kill();
  }
}
