package dev.llmretry.providertests;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** The provider's end of a connection: as much HTTP/1.1 as clients need for one request. */
final class Connection {

  private static final int HEX = 16;

  private final Socket socket;
  private final InputStream in;

  Connection(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream());
  }

  Request read() throws IOException {
    String[] requestLine = readLine().split(" ", -1); // POST /v1/messages HTTP/1.1
    if (requestLine.length != 3) {
      throw new IOException("No HTTP request");
    }
    Map<String, String> headers = new HashMap<>();
    for (String line = readLine(); !line.isEmpty(); line = readLine()) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    if (headers.getOrDefault("expect", "").equalsIgnoreCase("100-continue")) {
      socket.getOutputStream().write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(US_ASCII));
    }
    String body = new String(readBody(headers), UTF_8);
    return new Request(requestLine[0], requestLine[1], Map.copyOf(headers), body);
  }

  private byte[] readBody(Map<String, String> headers) throws IOException {
    if (!headers.getOrDefault("transfer-encoding", "").equalsIgnoreCase("chunked")) {
      return in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (int length = readLength(); length > 0; length = readLength()) {
      body.write(in.readNBytes(length));
      readLine();
    }
    readLine();
    return body.toByteArray();
  }

  private int readLength() throws IOException {
    return Integer.parseInt(readLine().split(";", -1)[0].strip(), HEX);
  }

  private String readLine() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException();
      }
      line.write(b);
    }
    return line.toString(US_ASCII).stripTrailing();
  }

  /** Closes the connection, unless the client is to do that. */
  void write(Reply reply) throws IOException {
    socket.getOutputStream().write(reply.toBytes());
    switch (reply.end()) {
      case COMPLETE, CUT -> socket.close();
      case RESET -> {
        socket.setSoLinger(true, 0); // What is closed so, the other side sees as reset.
        socket.close();
      }
      case STALL -> in.transferTo(OutputStream.nullOutputStream());
    }
  }
}
