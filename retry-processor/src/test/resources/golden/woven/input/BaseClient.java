package acme.woven;

import dev.llmretry.LlmRetry;

@LlmRetry
public class BaseClient<P> {

  protected P summarise(P text) throws InterruptedException {
    return text;
  }

  private void help() {}

  static void start() {
    new BaseClient<String>().help();
  }

  public static class Nested$Client {
    @LlmRetry
    public void nested() {}
  }
}
