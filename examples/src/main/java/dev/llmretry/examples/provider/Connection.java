package dev.llmretry.examples.provider;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** The server's end of a connection: as much HTTP/1.1 as the example's client needs. */
final class Connection {

  private final Socket socket;
  private final InputStream in;

  Connection(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream());
  }

  Request read() throws IOException {
    String[] requestLine = readLine().split(" ", -1); // POST /v1/embeddings HTTP/1.1
    if (requestLine.length != 3) {
      throw new IOException("No HTTP request");
    }
    Map<String, String> headers = new HashMap<>();
    for (String line = readLine(); !line.isEmpty(); line = readLine()) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, Math.max(0, colon)).toLowerCase(Locale.ROOT),
          line.substring(colon + 1).strip());
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    return new Request(
        requestLine[1], headers, new String(in.readNBytes(length), StandardCharsets.UTF_8));
  }

  private String readLine() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException();
      }
      line.write(b);
    }
    return line.toString(StandardCharsets.US_ASCII).stripTrailing();
  }

  void write(Response response) throws IOException {
    socket.getOutputStream().write(response.toBytes());
  }

  /** Writes the headers and half of the body. */
  void writeHalf(Response response) throws IOException {
    byte[] bytes = response.toBytes();
    socket.getOutputStream().write(bytes, 0, bytes.length - response.body().length() / 2);
  }

  /** Begins an answer whose length nobody knows yet. */
  void beginStream() throws IOException {
    write(
        String.join(
            "\r\n",
            "HTTP/1.1 200 ",
            "Content-Type: text/event-stream",
            "Transfer-Encoding: chunked",
            "Connection: close",
            "",
            ""));
  }

  /** Writes an event of the stream. */
  void writeEvent(String data) throws IOException {
    String event = "data: " + data + "\n\n";
    int length = event.getBytes(StandardCharsets.UTF_8).length;
    write(Integer.toHexString(length) + "\r\n" + event + "\r\n");
  }

  void endStream() throws IOException {
    write("0\r\n\r\n");
  }

  private void write(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Closes in the way that the other side sees as a reset. */
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  void awaitHangUp() throws IOException {
    in.transferTo(OutputStream.nullOutputStream());
  }
}
