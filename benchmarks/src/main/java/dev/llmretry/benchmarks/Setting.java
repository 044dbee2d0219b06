package dev.llmretry.benchmarks;

/** What is around the client that is measured: much depends on what the compiler merges. */
public enum Setting {
  INLINED("delegate inlined"),
  APART("delegate not inlined"),
  /** The descent itself costs about 45 ns. */
  DEEP("delegate not inlined, 60 more frames");

  private final String text;

  Setting(String text) {
    this.text = text;
  }

  String text() {
    return text;
  }

  /** Returns {@code client} around {@code provider}. */
  ChatClient around(Provider provider, Client client) {
    return switch (this) {
      case INLINED -> client.around(new InlinedDelegate(provider));
      case APART -> client.around(new ApartDelegate(provider));
      case DEEP -> new DeepCaller(client.around(new ApartDelegate(provider)));
    };
  }
}
