package dev.llmretry.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tokens of somebody else's making that fail: that is logged, and the call goes on without. */
@ExtendWith(QuietLog.class)
class UnrulyTokensTest {

  private final Surroundings world = new Surroundings();

  private void checkSucceeds(EveryDriver driver, CancellationToken token) {
    for (RetryPolicy policy : new RetryPolicy[] {Surroundings.UNTIMED, Surroundings.TIMED}) {
      world.ends.clear();
      world.attempts = 0;
      CompletableFuture<String> call =
          driver.call(world.runtime(), policy, token, world.failing(2));
      assertThat(world.errorOf(call)).isNull();
      assertThat(call).isCompletedWithValue("ok");
      assertThat(world.ends).containsExactly("success 3");
      world.checkOneEndAndNothingLeft();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aTokenThatDoesNotSayWhetherItIsCancelledIsNot(EveryDriver driver) {
    checkSucceeds(
        driver,
        new Foreign(world.token) {
          @Override
          public boolean isCancelled() {
            throw new IllegalStateException("closed");
          }
        });
  }

  @Test
  void anActionThatTwoTokensKeepIsNotRunOnceItIsTakenBack() {
    List<Runnable> kept = new ArrayList<>();
    CancellationToken forgetful =
        new Foreign(CancellationToken.none()) {
          @Override
          public Registration onCancel(Runnable action) {
            kept.add(action);
            return () -> {};
          }
        };
    List<String> run = new ArrayList<>();
    EitherToken.of(forgetful, new CancellationSource().token())
        .onCancel(() -> run.add("run"))
        .close();
    kept.forEach(Runnable::run);
    assertThat(kept).hasSize(1);
    assertThat(run).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void aTokenThatTakesNoActionIsNotListenedTo(EveryDriver driver) {
    checkSucceeds(
        driver,
        new Foreign(world.token) {
          @Override
          public Registration onCancel(Runnable action) {
            throw new IllegalStateException("closed");
          }
        });
  }

  @ParameterizedTest
  @EnumSource
  void aTokenThatReturnsNoRegistrationIsListenedTo(EveryDriver driver) {
    checkSucceeds(
        driver,
        new Foreign(CancellationToken.none()) {
          @Override
          public Registration onCancel(Runnable action) {
            return null;
          }
        });
  }

  @ParameterizedTest
  @EnumSource
  void aRegistrationThatCannotBeClosedSpoilsNoResult(EveryDriver driver) {
    checkSucceeds(
        driver,
        new Foreign(world.token) {
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
  void aTokenThatRunsItsActionsTwiceEndsTheCallOnce(EveryDriver driver) {
    CancellationToken twice =
        new Foreign(world.token) {
          @Override
          public Registration onCancel(Runnable action) {
            return super.onCancel(
                () -> {
                  action.run();
                  action.run();
                });
          }
        };
    world.time.schedule(50_000_000, world.source::cancel);
    CompletableFuture<String> call =
        driver.call(world.runtime(), Surroundings.UNTIMED, twice, world.failing(2));
    assertThat(world.errorOf(call)).isInstanceOf(CancelledException.class);
    assertThat(world.ends).containsExactly("give up 1 CANCELLED");
    world.checkOneEndAndNothingLeft();
  }

  @Test
  void aChildIsCancelledThoughItsParentFailsToLetGo() {
    CancellationSource child =
        CancellationSource.childOf(
            new Foreign(world.token) {
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

  private static class Foreign implements CancellationToken {

    private final CancellationToken token;

    Foreign(CancellationToken token) {
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
