package dev.llmretry.examples;

import dev.llmretry.examples.client.OpenAiClient;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Map;

/**
 * A provider out there, as the environment names it.
 *
 * @param client speaks to it
 * @param model what to ask
 */
record RealProvider(OpenAiClient client, String model) {

  private static final String URL = "OPENAI_BASE_URL";
  private static final String DEFAULT_URL = "https://api.openai.com/v1";
  private static final String KEY = "OPENAI_API_KEY";
  private static final Duration TIMEOUT = Duration.ofSeconds(15);

  /**
   * Returns the provider.
   *
   * @throws IllegalArgumentException with a message for the user
   */
  static RealProvider of(Map<String, String> environment) {
    String url = environment.getOrDefault(URL, DEFAULT_URL).strip();
    String key = environment.getOrDefault(KEY, "").strip();
    if (key.isEmpty()) {
      throw new IllegalArgumentException(KEY + " is not set: a provider asks for a key.");
    }
    if (!key.chars().allMatch(c -> c > ' ' && c < 127)) {
      throw new IllegalArgumentException(KEY + " holds characters that no key has.");
    }
    String model = environment.getOrDefault("OPENAI_MODEL", "gpt-4o-mini");
    return new RealProvider(new OpenAiClient(parse(url), key, TIMEOUT), model);
  }

  private static URI parse(String url) {
    String complaint = URL + " must look like " + DEFAULT_URL + ", not " + url;
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
