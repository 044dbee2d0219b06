package dev.llmretry.providers;

import dev.llmretry.runtime.classification.FailureExtractor;
import dev.llmretry.runtime.classification.FailureFacts;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.services.bedrockruntime.model.ModelErrorException;
import software.amazon.awssdk.services.bedrockruntime.model.ModelStreamErrorException;

/**
 * Reads the exceptions of the AWS SDK for Java 2.x, for Amazon Bedrock. If a model behind Bedrock
 * failed, its own status takes precedence over Bedrock's. Older versions of the SDK invent a status
 * for an error event inside a stream; it counts as 200, the status of the response.
 */
public final class AwsExtractor implements FailureExtractor {

  private static final int STREAM_BEGAN = 200;

  /** Called by {@link java.util.ServiceLoader}. */
  public AwsExtractor() {}

  @Override
  public Set<String> exceptionClasses() {
    return Set.of("software.amazon.awssdk.core.exception.SdkServiceException");
  }

  @Override
  public FailureFacts extract(Throwable error) {
    return Facts.of(error, SdkServiceException.class)
        .status(e -> e instanceof ModelErrorException model ? model.originalStatusCode() : 0)
        .status(e -> e instanceof ModelStreamErrorException model ? model.originalStatusCode() : 0)
        .status(e -> isInStream(e) ? STREAM_BEGAN : e.statusCode())
        .status(e -> e.statusCode())
        .headers(e -> ((AwsServiceException) e).awsErrorDetails().sdkHttpResponse().headers())
        .code(e -> ((AwsServiceException) e).awsErrorDetails().errorCode())
        .type(e -> e.isThrottlingException() ? "ThrottlingException" : null) // it has many codes
        .message(e -> body((AwsServiceException) e))
        .message(e -> ((AwsServiceException) e).awsErrorDetails().errorMessage())
        .message(e -> e.getMessage())
        .collected();
  }

  private static @Nullable String body(AwsServiceException e) {
    String body = e.awsErrorDetails().rawResponse().asUtf8String();
    return body.isBlank() ? null : body;
  }

  private static boolean isInStream(SdkServiceException e) {
    return ((AwsServiceException) e)
        .awsErrorDetails()
        .sdkHttpResponse()
        .firstMatchingHeader(":exception-type")
        .isPresent();
  }
}
