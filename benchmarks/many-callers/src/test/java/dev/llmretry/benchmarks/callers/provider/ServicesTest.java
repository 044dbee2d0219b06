package dev.llmretry.benchmarks.callers.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class ServicesTest {

  @Test
  void aLimitedServiceTellsWhenToComeBack() {
    Service service = new RateLimitedService(10, 1, 1.5);

    Reply answer = service.reply(0);
    Reply refusal = service.reply(0);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.delay()).isPositive();
    assertThat(answer.retryAfter()).isNaN();
    assertThat(refusal).isEqualTo(new Reply(429, 0, 0.2));
  }

  @Test
  void latenciesHaveTheirMeanAndAreTheSameInEachRun() {
    double[] latencies = latencies(new Latency(1.5));

    assertThat(Arrays.stream(latencies).average()).hasValueCloseTo(1.5, within(0.03));
    assertThat(latencies(new Latency(1.5))).isEqualTo(latencies);
  }

  private static double[] latencies(Latency latency) {
    return DoubleStream.generate(latency::next).limit(10_000).toArray();
  }

  @Test
  void requestsQueueForWorkers() {
    Service service = new UnstableService(1, 1, 100, 200, Reply.unavailable());

    double first = service.reply(0).delay();
    double second = service.reply(0).delay();

    assertThat(second).isGreaterThan(first);
    assertThat(service.reply(first + second).delay()).isLessThan(first + second);
  }

  @Test
  void aServiceThatIsDownFailsAtOnce() {
    Service service = new UnstableService(1, 1, 3, 8, Reply.unavailable());

    assertThat(service.reply(2.9).status()).isEqualTo(200);
    assertThat(service.reply(3)).isEqualTo(Reply.unavailable());
    assertThat(service.reply(7.9)).isEqualTo(Reply.unavailable());
    assertThat(service.reply(8).status()).isEqualTo(200);
  }
}
