package acme.primitives;

import dev.llmretry.LlmRetry;

@LlmRetry
public interface Primitives {

  boolean isReady();

  byte[] bytes(byte b, short s, char c);

  int count(int i, long l);

  double[][] matrix(float f, double d);

  void nothing();

  Void boxed();
}
