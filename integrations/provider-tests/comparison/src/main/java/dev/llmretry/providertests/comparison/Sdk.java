package dev.llmretry.providertests.comparison;

import java.net.URI;
import java.util.List;

/** An SDK to compare. */
interface Sdk {

  /** Returns all SDKs: one more is one more class, here, and its version in the properties. */
  static List<Sdk> all() {
    return List.of(
        new OpenAiSdk(),
        new AnthropicSdk(),
        new GoogleSdk(),
        new BedrockSdk(),
        new AzureSdk(),
        new LangChain4jSdk(),
        new SpringAiSdk());
  }

  /** Returns the name, which is also the key of its version in {@code versions.properties}. */
  String name();

  /** Returns what its provider answers. */
  Dialect dialect();

  /**
   * Returns a client.
   *
   * @param url where the provider is, without a slash at the end
   * @param ownRetries whether the SDK retries as it does unless told otherwise, or not at all
   */
  Chat connect(URI url, boolean ownRetries);
}
