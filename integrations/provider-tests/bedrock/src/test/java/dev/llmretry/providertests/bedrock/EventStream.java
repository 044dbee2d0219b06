package dev.llmretry.providertests.bedrock;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.llmretry.providertests.Reply;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.CRC32;

/**
 * Writes {@code vnd.amazon.eventstream}: lengths, a checksum of them, headers, payload, a checksum
 * of all.
 */
final class EventStream {

  private static final int STRING = 7;
  private static final int CHECKSUM = 4;

  private EventStream() {}

  static Reply reply(byte[]... messages) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (byte[] message : messages) {
      body.writeBytes(message);
    }
    return Reply.of(200, "application/vnd.amazon.eventstream", body.toByteArray());
  }

  static byte[] event(String type, String json) {
    return message(
        json, ":message-type", "event", ":event-type", type, ":content-type", "application/json");
  }

  /** An error that the service's model knows. */
  static byte[] exception(String type, String json) {
    return message(
        json,
        ":message-type",
        "exception",
        ":exception-type",
        type,
        ":content-type",
        "application/json");
  }

  /** An error that it does not know. */
  static byte[] error(String code, String message) {
    return message("", ":message-type", "error", ":error-code", code, ":error-message", message);
  }

  private static byte[] message(String payload, String... headers) {
    try {
      ByteArrayOutputStream head = new ByteArrayOutputStream();
      DataOutputStream headOut = new DataOutputStream(head);
      for (int i = 0; i < headers.length; i += 2) {
        byte[] name = headers[i].getBytes(UTF_8);
        headOut.writeByte(name.length);
        headOut.write(name);
        headOut.writeByte(STRING);
        headOut.writeUTF(headers[i + 1]); // its length in two bytes, as here
      }
      byte[] body = payload.getBytes(UTF_8);
      int prelude = 2 * Integer.BYTES + CHECKSUM;

      ByteArrayOutputStream message = new ByteArrayOutputStream();
      DataOutputStream out = new DataOutputStream(message);
      out.writeInt(prelude + head.size() + body.length + CHECKSUM);
      out.writeInt(head.size());
      out.writeInt(checksum(message));
      out.write(head.toByteArray());
      out.write(body);
      out.writeInt(checksum(message));
      return message.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int checksum(ByteArrayOutputStream bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes.toByteArray());
    return (int) crc.getValue();
  }
}
