package dev.llmretry.runtime;

enum NoCancellation implements CancellationToken {
  INSTANCE;

  private static final Registration NOTHING = () -> {};

  @Override
  public boolean isCancelled() {
    return false;
  }

  @Override
  public Registration onCancel(Runnable action) {
    return NOTHING;
  }
}
