package dev.llmretry.providertests.bedrock;

import dev.llmretry.providertests.client.ChatClient;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.SdkEventLoopGroup;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ConversationRole;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseResponse;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.Message;

/** Asks with the AWS SDK for Java 2.x. Its streams are asynchronous, and only they. */
final class BedrockClient implements ChatClient {

  private static final String MODEL = "test.model-v1";

  /** Shared, since it takes seconds to end. */
  private static final SdkEventLoopGroup EVENT_LOOPS =
      SdkEventLoopGroup.builder().numberOfThreads(2).build();

  private final BedrockRuntimeClient client;
  private final BedrockRuntimeAsyncClient asyncClient;

  BedrockClient(URI url, Duration timeout) {
    ClientOverrideConfiguration configuration =
        ClientOverrideConfiguration.builder()
            .retryStrategy(AwsRetryStrategy.doNotRetry())
            .apiCallTimeout(timeout)
            .build();
    client = configure(BedrockRuntimeClient.builder(), url, configuration).build();
    asyncClient =
        configure(BedrockRuntimeAsyncClient.builder(), url, configuration)
            .httpClientBuilder(
                // With an URL of plain HTTP, newer versions would begin with HTTP/2.
                NettyNioAsyncHttpClient.builder()
                    .protocol(Protocol.HTTP1_1)
                    .eventLoopGroup(EVENT_LOOPS))
            .build();
  }

  private static <B extends AwsClientBuilder<B, ?>> B configure(
      B builder, URI url, ClientOverrideConfiguration configuration) {
    return builder
        .endpointOverride(url)
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
        .overrideConfiguration(configuration);
  }

  @Override
  public String ask(String question) {
    return text(converse(question));
  }

  ConverseResponse converse(String question) {
    return client.converse(request(question));
  }

  @Override
  public CompletableFuture<String> askAsync(String question) {
    return asyncClient.converse(request(question)).thenApply(BedrockClient::text);
  }

  @Override
  public Stream<String> askStreaming(String question) {
    ConverseStreamRequest request =
        ConverseStreamRequest.builder().modelId(MODEL).messages(message(question)).build();
    return new Pieces().of(handler -> asyncClient.converseStream(request, handler));
  }

  private static ConverseRequest request(String question) {
    return ConverseRequest.builder().modelId(MODEL).messages(message(question)).build();
  }

  private static Message message(String question) {
    return Message.builder()
        .role(ConversationRole.USER)
        .content(ContentBlock.fromText(question))
        .build();
  }

  private static String text(ConverseResponse response) {
    return response.output().message().content().get(0).text();
  }

  @Override
  public void close() {
    client.close();
    asyncClient.close();
  }
}
