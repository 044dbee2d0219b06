package dev.llmretry.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import dev.llmretry.runtime.upstream.StoreField;
import dev.llmretry.runtime.upstream.StoreReply;
import dev.llmretry.runtime.upstream.StoreRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** The script that carries out requests, with its arguments and its replies. */
final class ExchangeScript {

  private static final StoreField[] FIELDS = StoreField.values();

  /** Before the fields, a reply has the version, whether it was changed, and the members. */
  private static final int HEAD = 3;

  static final String TEXT = load();

  /** The name by which Redis knows the script. */
  static final String DIGEST = digest();

  private ExchangeScript() {}

  private static String load() {
    try (InputStream in = ExchangeScript.class.getResourceAsStream("exchange.lua")) {
      if (in == null) {
        throw new IllegalStateException("exchange.lua is missing");
      }
      return new String(in.readAllBytes(), UTF_8)
          .replace("{FIELDS}", table(field -> "'" + field.name().toLowerCase(Locale.ROOT) + "'"))
          .replace("{TIMES}", table(field -> Boolean.toString(field.isTime())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String table(Function<StoreField, String> value) {
    return Arrays.stream(FIELDS).map(value).collect(joining(", ", "{", "}"));
  }

  private static String digest() {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-1").digest(TEXT.getBytes(UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** {@return the arguments of a request of a sender} */
  static String[] arguments(String channel, String sender, StoreRequest request) {
    List<String> arguments = new ArrayList<>();
    arguments.add(channel);
    arguments.add(sender);
    arguments.add(Long.toString(request.version()));
    arguments.add(Integer.toString(request.begun()));
    arguments.add(Integer.toString(request.refused()));
    arguments.add(Integer.toString(request.succeeded()));
    arguments.add(Integer.toString(request.turns()));
    arguments.add(Double.toString(request.pace().base()));
    arguments.add(Double.toString(request.pace().growth()));
    arguments.add(Double.toString(request.pace().probing()));
    Map<StoreField, Double> change = request.change();
    if (change != null) {
      for (StoreField field : FIELDS) {
        arguments.add(Double.toString(change.getOrDefault(field, 0.0)));
      }
    }
    return arguments.toArray(String[]::new);
  }

  /**
   * {@return a reply}
   *
   * @param text what the script has returned
   */
  static StoreReply reply(String text) {
    List<String> words = List.of(text.split(" ", -1));
    long version = (long) Double.parseDouble(words.get(0));
    boolean changed = words.get(1).equals("1");
    int members = Integer.parseInt(words.get(2));
    if (version == 0) {
      return new StoreReply(0, changed, Map.of(), members, List.of());
    }
    Map<StoreField, Double> state = new EnumMap<>(StoreField.class);
    for (int i = 0; i < FIELDS.length; i++) {
      state.put(FIELDS[i], Double.parseDouble(words.get(HEAD + i)));
    }
    List<Long> turns =
        words.stream()
            .skip(HEAD + FIELDS.length)
            .map(turn -> (long) Double.parseDouble(turn))
            .toList();
    return new StoreReply(version, changed, state, members, turns);
  }
}
