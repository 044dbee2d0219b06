package dev.llmretry.providertests;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What the {@link LoopbackProvider} does with one request: what goes over the wire, byte by byte.
 */
public final class Reply {

  /** How a reply ends. */
  public enum End {
    /** As announced. */
    COMPLETE,
    /** The connection is closed before what was announced is complete. */
    CUT,
    /** The connection is reset. */
    RESET,
    /** Nothing more comes, and the connection stays open until the client hangs up. */
    STALL
  }

  private final int status;
  private final Map<String, String> headers;
  private final byte[] body;
  private final End end;

  private Reply(int status, Map<String, String> headers, byte[] body, End end) {
    this.status = status;
    this.headers = headers;
    this.body = body;
    this.end = end;
  }

  /** Returns a reply with any body. */
  public static Reply of(int status, String contentType, byte[] body) {
    return new Reply(status, Map.of("Content-Type", contentType), body.clone(), End.COMPLETE);
  }

  /** Returns a reply with any headers. */
  public static Reply of(int status, Map<String, String> headers, String body) {
    return new Reply(status, Map.copyOf(headers), body.getBytes(UTF_8), End.COMPLETE);
  }

  /** Returns a reply with a body of text. */
  public static Reply text(int status, String contentType, String body) {
    return of(status, contentType, body.getBytes(UTF_8));
  }

  /** Returns a reply with a JSON body. */
  public static Reply json(int status, String body) {
    return text(status, "application/json", body);
  }

  /**
   * Returns a reply of server-sent events.
   *
   * @param events the lines of each, without the empty one after it
   */
  public static Reply events(String... events) {
    String body = Arrays.stream(events).map(event -> event + "\n\n").collect(Collectors.joining());
    return text(200, "text/event-stream", body);
  }

  /** Returns a reset of the connection in place of an answer. */
  public static Reply reset() {
    return nothing(End.RESET);
  }

  /** Returns no answer at all. */
  public static Reply stall() {
    return nothing(End.STALL);
  }

  private static Reply nothing(End end) {
    return new Reply(0, Map.of(), new byte[0], end);
  }

  /** Returns the same reply with one more header. */
  public Reply with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Reply(status, more, body, end);
  }

  /** Returns the same reply with another end. */
  public Reply ending(End other) {
    return new Reply(status, headers, body, other);
  }

  /** Returns the HTTP status of the provider's word on what is wrong, or 0 if it never comes. */
  int answeredStatus() {
    return end == End.COMPLETE ? status : 0;
  }

  End end() {
    return end;
  }

  /** Returns what is sent before the end. */
  byte[] toBytes() {
    if (status == 0) {
      return body;
    }
    StringBuilder head = new StringBuilder("HTTP/1.1 ").append(status).append(" \r\n");
    headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    head.append("Connection: close\r\n");
    // An answer that breaks off had announced no length, as streams do.
    boolean complete = end == End.COMPLETE;
    head.append(complete ? "Content-Length: " + body.length : "Transfer-Encoding: chunked");
    head.append("\r\n\r\n");
    if (!complete && body.length > 0) {
      head.append(Integer.toHexString(body.length)).append("\r\n");
    }
    byte[] start = head.toString().getBytes(UTF_8);
    byte[] bytes = Arrays.copyOf(start, start.length + body.length + (complete ? 0 : 2));
    System.arraycopy(body, 0, bytes, start.length, body.length);
    if (!complete) {
      bytes[bytes.length - 2] = '\r';
      bytes[bytes.length - 1] = '\n';
    }
    return bytes;
  }

  @Override
  public String toString() {
    return "HTTP " + status + " " + end;
  }
}
