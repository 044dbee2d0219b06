package dev.llmretry.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmretry.runtime.CancellationSource;
import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.CancelledException;
import dev.llmretry.runtime.QuietLog;
import dev.llmretry.runtime.Registration;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.internal.cancellation.LinkedToken;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tokens of other implementations that fail: the failure is logged, and the call goes on. */
@ExtendWith(QuietLog.class)
class FaultyTokensTest {

  private final FaultyEnvironment environment = new FaultyEnvironment();

  private void checkSucceeds(RuntimeDriver driver, CancellationToken token) {
    for (RetryPolicy policy :
        new RetryPolicy[] {FaultyEnvironment.UNTIMED, FaultyEnvironment.TIMED}) {
      environment.ends.clear();
      environment.attempts = 0;
      CompletableFuture<String> call =
          driver.call(environment.runtime(), policy, token, environment.failing(2));
      assertThat(environment.errorOf(call)).isNull();
      assertThat(call).isCompletedWithValue("ok");
      assertThat(environment.ends).containsExactly("success 3");
      environment.checkOneEndAndNothingLeft();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aTokenWhoseIsCancelledThrowsCountsAsNotCancelled(RuntimeDriver driver) {
    checkSucceeds(
        driver,
        new ForwardingToken(environment.token) {
          @Override
          public boolean isCancelled() {
            throw new IllegalStateException("closed");
          }
        });
  }

  @Test
  void aClosedRegistrationWithTwoTokensDoesNotRun() {
    List<Runnable> kept = new ArrayList<>();
    CancellationToken forgetful =
        new ForwardingToken(CancellationToken.none()) {
          @Override
          public Registration onCancel(Runnable action) {
            kept.add(action);
            return () -> {};
          }
        };
    List<String> run = new ArrayList<>();
    LinkedToken.of(forgetful, new CancellationSource().token())
        .onCancel(() -> run.add("run"))
        .close();
    kept.forEach(Runnable::run);
    assertThat(kept).hasSize(1);
    assertThat(run).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void aTokenThatRejectsRegistrationsChangesNothing(RuntimeDriver driver) {
    checkSucceeds(
        driver,
        new ForwardingToken(environment.token) {
          @Override
          public Registration onCancel(Runnable action) {
            throw new IllegalStateException("closed");
          }
        });
  }

  @ParameterizedTest
  @EnumSource
  void aTokenThatReturnsANullRegistrationChangesNothing(RuntimeDriver driver) {
    checkSucceeds(
        driver,
        new ForwardingToken(CancellationToken.none()) {
          @Override
          public Registration onCancel(Runnable action) {
            return null;
          }
        });
  }

  @ParameterizedTest
  @EnumSource
  void aRegistrationThatFailsToCloseDoesNotFailTheCall(RuntimeDriver driver) {
    checkSucceeds(
        driver,
        new ForwardingToken(environment.token) {
          @Override
          public Registration onCancel(Runnable action) {
            Registration registration = super.onCancel(action);
            return () -> {
              registration.close();
              throw new IllegalStateException("closed");
            };
          }
        });
  }

  @ParameterizedTest
  @EnumSource
  void aTokenThatRunsItsActionsTwiceEndsTheCallOnce(RuntimeDriver driver) {
    CancellationToken twice =
        new ForwardingToken(environment.token) {
          @Override
          public Registration onCancel(Runnable action) {
            return super.onCancel(
                () -> {
                  action.run();
                  action.run();
                });
          }
        };
    environment.time.schedule(50_000_000, environment.source::cancel);
    CompletableFuture<String> call =
        driver.call(
            environment.runtime(), FaultyEnvironment.UNTIMED, twice, environment.failing(2));
    assertThat(environment.errorOf(call)).isInstanceOf(CancelledException.class);
    assertThat(environment.ends).containsExactly("give up 1 CANCELLED");
    environment.checkOneEndAndNothingLeft();
  }

  @Test
  void aChildIsCancelledThoughItsParentFailsToRemoveTheRegistration() {
    CancellationSource child =
        CancellationSource.childOf(
            new ForwardingToken(environment.token) {
              @Override
              public Registration onCancel(Runnable action) {
                return () -> {
                  throw new IllegalStateException("closed");
                };
              }
            });
    child.detach();
    child.cancel();
    assertThat(child.isCancelled()).isTrue();
  }

  private static class ForwardingToken implements CancellationToken {

    private final CancellationToken token;

    ForwardingToken(CancellationToken token) {
      this.token = token;
    }

    @Override
    public boolean isCancelled() {
      return token.isCancelled();
    }

    @Override
    public Registration onCancel(Runnable action) {
      return token.onCancel(action);
    }
  }
}
