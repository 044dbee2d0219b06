package dev.llmretry.benchmarks;

/** What is around the client that is measured: much depends on what the compiler merges. */
public enum Setting {
  INLINED("delegate inlined"),
  APART("delegate not inlined"),
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

  /** Returns {@code client} around {@code provider}. */
  AsyncChatClient around(AsyncProvider provider, AsyncClient client) {
    return switch (this) {
      case INLINED -> client.around(new InlinedAsyncDelegate(provider));
      case APART -> client.around(new ApartAsyncDelegate(provider));
      case DEEP -> throw new IllegalArgumentException("Only for calls that block");
    };
  }
}
