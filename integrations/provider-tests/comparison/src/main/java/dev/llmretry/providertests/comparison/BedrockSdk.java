package dev.llmretry.providertests.comparison;

import java.net.URI;
import java.util.function.Consumer;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.SdkEventLoopGroup;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ConversationRole;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamResponseHandler;
import software.amazon.awssdk.services.bedrockruntime.model.Message;

/** Amazon Bedrock, with the AWS SDK for Java 2.x. Its streams are asynchronous, and only they. */
final class BedrockSdk implements Sdk {

  private static final SdkEventLoopGroup EVENT_LOOPS =
      SdkEventLoopGroup.builder().numberOfThreads(2).build();

  @Override
  public String name() {
    return "bedrockruntime";
  }

  @Override
  public Dialect dialect() {
    return new BedrockDialect();
  }

  @Override
  public Chat connect(URI url, boolean ownRetries) {
    return new Client(
        configure(BedrockRuntimeClient.builder(), url, ownRetries).build(),
        configure(BedrockRuntimeAsyncClient.builder(), url, ownRetries)
            .httpClientBuilder(
                // With an URL of plain HTTP, it would begin with HTTP/2.
                NettyNioAsyncHttpClient.builder()
                    .protocol(Protocol.HTTP1_1)
                    .eventLoopGroup(EVENT_LOOPS))
            .build());
  }

  private static <B extends AwsClientBuilder<B, ?>> B configure(
      B builder, URI url, boolean ownRetries) {
    builder
        .endpointOverride(url)
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")));
    return ownRetries
        ? builder
        : builder.overrideConfiguration(o -> o.retryStrategy(AwsRetryStrategy.doNotRetry()));
  }

  private record Client(BedrockRuntimeClient sdk, BedrockRuntimeAsyncClient async) implements Chat {

    private static final String MODEL = "test.model-v1";

    @Override
    public String ask(String question) {
      return sdk.converse(request -> request.modelId(MODEL).messages(message(question)))
          .output()
          .message()
          .content()
          .get(0)
          .text();
    }

    @Override
    public void stream(String question, Consumer<String> pieces) {
      ConverseStreamResponseHandler.Visitor visitor =
          ConverseStreamResponseHandler.Visitor.builder()
              .onContentBlockDelta(event -> pieces.accept(event.delta().text()))
              .build();
      async
          .converseStream(
              request -> request.modelId(MODEL).messages(message(question)),
              ConverseStreamResponseHandler.builder().subscriber(visitor).build())
          .join();
    }

    private static Message message(String question) {
      return Message.builder()
          .role(ConversationRole.USER)
          .content(ContentBlock.fromText(question))
          .build();
    }
  }
}
