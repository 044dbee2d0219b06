package dev.llmretry.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmretry.FailureKind;
import dev.llmretry.conformance.ObservedToken;
import dev.llmretry.conformance.ProviderError;
import dev.llmretry.runtime.CancellationSource;
import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.CancelledException;
import dev.llmretry.runtime.Registration;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.testing.VirtualBackoffClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/** What is registered with a token is taken back, be it cancelled just then. */
class RegistrationsTest {

  private static final RetryPolicy POLICY =
      RetryPolicy.builder("Chat.ask").attemptTimeout(Duration.ofSeconds(1)).build();

  private final CancellationSource source = new CancellationSource();
  private final ObservedToken token = new ObservedToken(source.token());
  private final VirtualBackoffClock clock = VirtualBackoffClock.manual();
  private final List<Throwable> errors = new ArrayList<>();
  private int registrations;

  @ParameterizedTest
  @CsvSource({"1, false", "2, false", "3, false", "1, true", "2, true", "3, true"})
  void aTokenThatIsCancelledWhileSomethingIsRegisteredKeepsNothing(int which, boolean before) {
    CancellationToken cancelling =
        new CancellationToken() {
          @Override
          public boolean isCancelled() {
            return token.isCancelled();
          }

          @Override
          public Registration onCancel(Runnable action) {
            boolean now = ++registrations == which;
            if (now && before) {
              source.cancel();
            }
            Registration registration = token.onCancel(action);
            if (now) {
              source.cancel();
            }
            return registration;
          }
        };
    Disposable subscription =
        ReactorRetry.<String>mono(
                RetryRuntime.builder().clock(clock).executor(Runnable::run).build(),
                POLICY,
                cancelling,
                attempt -> Mono.error(new ProviderError(FailureKind.OVERLOADED)))
            .subscribe(element -> {}, errors::add);
    clock.advance(Duration.ofHours(1));
    assertThat(subscription.isDisposed()).isTrue();
    assertThat(errors).hasSize(1);
    assertThat(errors.get(0) instanceof CancelledException).isEqualTo(registrations >= which);
    assertThat(token.registered()).isZero();
    assertThat(clock.scheduledCount()).isZero();
  }
}
