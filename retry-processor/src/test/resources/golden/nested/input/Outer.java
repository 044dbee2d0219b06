package acme.nested;

import dev.llmretry.LlmRetry;

public class Outer {

  private Outer() {}

  public static class Generic<T> {

    public class Inner {}

    public static class Nested<U> {}
  }

  public interface Chat {

    record Request(String prompt) {}

    record Response(String text) {}

    @LlmRetry
    Response complete(Request request);

    @LlmRetry
    Generic<String>.Inner inner(Generic.Nested<Integer> nested);
  }

  interface Hidden {

    @LlmRetry
    int count();

    interface Deep {

      @LlmRetry
      long deep();
    }
  }

  protected interface Guarded {

    @LlmRetry
    int count();
  }
}
