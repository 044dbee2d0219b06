package com.acme.assistant;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The application as it was packaged, in a JVM of its own, on a free port. */
final class Application implements AutoCloseable {

  private static final Pattern STARTED = Pattern.compile("Listening on: (http://\\S+)");

  private final Process process;
  private final CompletableFuture<String> url = new CompletableFuture<>();
  private final CompletableFuture<String> log = new CompletableFuture<>();

  Application(FakeProvider provider, String... settings) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-Dquarkus.http.host=localhost");
    command.add("-Dquarkus.http.port=0");
    command.add("-Dquarkus.rest-client.provider.url=" + provider.url());
    command.addAll(List.of(settings));
    command.add("-jar");
    command.add("target/quarkus-app/quarkus-run.jar");
    process = new ProcessBuilder(command).redirectErrorStream(true).start();
    Thread reader = new Thread(this::read, "application");
    reader.setDaemon(true);
    reader.start();
  }

  private void read() {
    StringBuilder lines = new StringBuilder();
    try (BufferedReader output =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        lines.append(line).append('\n');
        Matcher started = STARTED.matcher(line);
        if (started.find()) {
          url.complete(started.group(1));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      url.completeExceptionally(new IllegalStateException("it has ended:\n" + lines));
      log.complete(lines.toString());
    }
  }

  /** Waits until it has started. */
  URI at(String path) {
    return URI.create(url.join() + path);
  }

  /** Waits until it has ended, and returns what it has logged. */
  String log() {
    return log.join();
  }

  /** Asks it to shut down, as the operating system does, and waits until it has. */
  @Override
  public void close() throws InterruptedException {
    process.toHandle().destroy(); // leaves its output open
    if (!process.waitFor(1, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new AssertionError("it does not end");
    }
  }
}
