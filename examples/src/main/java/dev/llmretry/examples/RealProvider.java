package dev.llmretry.examples;

import dev.llmretry.examples.client.OpenAiClient;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A provider out there, as the environment names it.
 *
 * @param client speaks to it
 * @param model what to ask
 */
record RealProvider(OpenAiClient client, String model) {

  private static final String URL = "OPENAI_BASE_URL";
  private static final String KEY = "OPENAI_API_KEY";
  private static final Duration TIMEOUT = Duration.ofSeconds(15);

  /**
   * Returns the provider, or null if the environment names none.
   *
   * @throws IllegalArgumentException with a message for the user
   */
  static @Nullable RealProvider find(Map<String, String> environment) {
    String url = environment.getOrDefault(URL, "").strip();
    String key = environment.getOrDefault(KEY, "").strip();
    if (url.isEmpty() && key.isEmpty()) {
      return null;
    }
    if (url.isEmpty() || key.isEmpty()) {
      throw new IllegalArgumentException(url.isEmpty() ? onlyOne(KEY, URL) : onlyOne(URL, KEY));
    }
    if (!key.chars().allMatch(c -> c > ' ' && c < 127)) {
      throw new IllegalArgumentException(KEY + " holds characters that no key has.");
    }
    String model = environment.getOrDefault("OPENAI_MODEL", "gpt-4o-mini");
    return new RealProvider(new OpenAiClient(parse(url), key, TIMEOUT), model);
  }

  private static String onlyOne(String set, String missing) {
    return Text.format(
        "%s is set, but %s is not. Set both to talk to that provider, or neither.", set, missing);
  }

  private static URI parse(String url) {
    String complaint = URL + " must look like https://api.openai.com/v1, not " + url;
    try {
      URI uri = new URI(url.endsWith("/") ? url.substring(0, url.length() - 1) : url);
      boolean http = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
      if (!http || uri.getHost() == null) {
        throw new IllegalArgumentException(complaint);
      }
      return uri;
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(complaint, e);
    }
  }
}
