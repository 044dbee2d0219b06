package dev.llmretry.rxjava3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmretry.runtime.RetryPolicy;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.testng.ITestResult;
import org.testng.TestListenerAdapter;
import org.testng.TestNG;

/** Runs the Reactive Streams TCK. */
class ReactiveStreamsTest {

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(classes = {AtOnce.class, AfterFailures.class, AfterFailuresWithPreamble.class})
  void keepsTheRules(Class<?> verification) {
    var results = new TestListenerAdapter();
    var testNg = new TestNG(false);
    testNg.setOutputDirectory(directory.toString());
    testNg.setVerbose(0);
    testNg.setTestClasses(new Class<?>[] {verification});
    testNg.addListener(results);
    testNg.run();
    assertThat(results.getFailedTests())
        .extracting(ITestResult::getName, ITestResult::getThrowable)
        .isEmpty();
    assertThat(results.getPassedTests()).hasSizeGreaterThan(25);
  }

  /** Elements of the first attempt. */
  public static final class AtOnce extends FlowableVerification {

    public AtOnce() {
      super(0, RetryPolicy.builder("at once"));
    }
  }

  /** Elements of the third attempt. */
  public static final class AfterFailures extends FlowableVerification {

    public AfterFailures() {
      super(2, RetryPolicy.builder("after failures"));
    }
  }

  /** Elements of the third attempt, the first three of which are held back. */
  public static final class AfterFailuresWithPreamble extends FlowableVerification {

    public AfterFailuresWithPreamble() {
      super(2, RetryPolicy.builder("preamble").preamble((Long element) -> element < 3));
    }
  }
}
