package dev.llmretry.conformance.async;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.TestReporter;
import org.testng.IObjectFactory2;
import org.testng.ITestListener;
import org.testng.ITestResult;
import org.testng.TestNG;

/**
 * Runs one of the verifications of Reactive Streams, which are tests of TestNG, within a test of
 * ours.
 */
final class PublisherVerification implements ITestListener {

  private final List<String> passed = new ArrayList<>();
  private final Map<String, Throwable> failed = new TreeMap<>();
  private final Map<String, String> skipped = new TreeMap<>();

  private PublisherVerification() {}

  /**
   * Runs all tests of {@code verification}. None may fail, and only those may be skipped of which
   * the kit itself says that they cannot tell anything.
   */
  static void run(Object verification, TestReporter reporter) {
    var results = new PublisherVerification();
    var testng = new TestNG(false);
    testng.setVerbose(0);
    testng.setTestClasses(new Class<?>[] {verification.getClass()});
    testng.setObjectFactory((IObjectFactory2) type -> verification);
    testng.addListener(results);
    testng.run();
    reporter.publishEntry("skipped", results.skipped.toString());
    assertThat(results.failed).isEmpty();
    assertThat(results.skipped.keySet()).allMatch(name -> name.startsWith("untested_"));
    assertThat(results.passed).hasSizeGreaterThan(10);
  }

  @Override
  public void onTestSuccess(ITestResult result) {
    passed.add(result.getName());
  }

  @Override
  public void onTestFailure(ITestResult result) {
    failed.put(result.getName(), result.getThrowable());
  }

  @Override
  public void onTestSkipped(ITestResult result) {
    skipped.put(result.getName(), String.valueOf(result.getThrowable()));
  }
}
