package dev.llmretry.benchmarks.startup;

/** A kind of client: a row of the table. */
enum StartWay {
  HAND_WRITTEN("hand-written loop", WithHandWrittenLoop.class),
  GENERATED("generated wrapper", WithWrapper.class),
  RESILIENCE4J("Resilience4j", WithResilience4j.class),
  FAILSAFE("Failsafe", WithFailsafe.class),
  SPRING("Spring context, @Retryable", WithSpring.class),
  MICRONAUT("Micronaut context, @Retryable", WithMicronaut.class);

  private final String text;
  private final Class<?> main;

  StartWay(String text, Class<?> main) {
    this.text = text;
    this.main = main;
  }

  String text() {
    return text;
  }

  Class<?> main() {
    return main;
  }
}
