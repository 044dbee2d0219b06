package dev.llmretry.processor.model;

/**
 * A provider's SDK, or a framework around some, that throws exceptions of its own and retries by
 * itself.
 */
public enum Sdk {
  OPENAI(
      "openai-java",
      "com.openai.errors.OpenAIServiceException",
      "twice",
      "maxRetries(0) on the builder of its client"),
  ANTHROPIC(
      "anthropic-java",
      "com.anthropic.errors.AnthropicServiceException",
      "twice",
      "maxRetries(0) on the builder of its client"),
  GOOGLE_GENAI(
      "google-genai",
      "com.google.genai.errors.ApiException",
      "four times",
      "HttpRetryOptions.builder().attempts(1).httpStatusCodes(List.of()) as its retryOptions"),
  BEDROCK(
      "the AWS SDK's Bedrock client",
      "software.amazon.awssdk.services.bedrockruntime.model.BedrockRuntimeException",
      "three times",
      "overrideConfiguration(c -> c.retryStrategy(AwsRetryStrategy.doNotRetry()))"),
  AZURE(
      "the Azure SDK",
      "com.azure.core.exception.HttpResponseException",
      "three times",
      "retryOptions(new RetryOptions(new FixedDelayOptions(0, Duration.ZERO)))"),
  LANGCHAIN4J(
      "LangChain4j",
      "dev.langchain4j.exception.LangChain4jException",
      "twice",
      "maxRetries(0) on the builder of each model (its streaming models do not retry)"),
  SPRING_AI(
      "Spring AI",
      "org.springframework.ai.retry.TransientAiException",
      "ten times",
      "spring.ai.retry.max-attempts=0 (=1 before 2.0, where it counts attempts)");

  private final String text;
  private final String exception;
  private final String retries;
  private final String setting;

  Sdk(String text, String exception, String retries, String setting) {
    this.text = text;
    this.exception = exception;
    this.retries = retries;
    this.setting = setting;
  }

  /** Returns its name. */
  public String text() {
    return text;
  }

  /** Returns the name of a class that tells that it is there. */
  public String exception() {
    return exception;
  }

  /** Returns how often it retries a call, unless told otherwise. */
  public String retries() {
    return retries;
  }

  /** Returns how to tell it not to. */
  public String setting() {
    return setting;
  }
}
