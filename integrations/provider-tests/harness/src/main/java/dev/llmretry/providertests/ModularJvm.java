package dev.llmretry.providertests;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Runs {@link ModularMain} in a JVM with a module path. */
final class ModularJvm {

  private static final Pattern CLIENTS =
      Pattern.compile("(provider-tests-client|retry-(annotations|runtime|providers))-.*jar");
  private static final Pattern TESTS = Pattern.compile("provider-tests-harness-.*jar");

  private ModularJvm() {}

  /** Has the client and what it knows on the module path, and all else on the class path. */
  static void runWithSdkOnClassPath(Class<? extends ProviderTest> test) throws Exception {
    run(test, ModularJvm::isClients);
  }

  /** Has all that can be a module on the module path. */
  static void runWithSdkOnModulePath(Class<? extends ProviderTest> test) throws Exception {
    Set<String> names = new HashSet<>();
    Set<String> packages = new HashSet<>();
    run(test, path -> isClients(path) || isOneMoreModule(path, names, packages));
  }

  private static void run(Class<? extends ProviderTest> test, Predicate<String> isModule)
      throws IOException, InterruptedException {
    List<String> modulePath = new ArrayList<>();
    List<String> classPath = new ArrayList<>();
    for (String path : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      (isModule.test(path) ? modulePath : classPath).add(path);
    }
    assertThat(modulePath)
        .as("jars of ours: with Maven, they are there from the phase \"package\" on")
        .filteredOn(ModularJvm::isClients)
        .hasSize(4);

    Process java =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Dsdk.oldest=" + ProviderTest.OLDEST,
                "--module-path",
                String.join(File.pathSeparator, modulePath),
                "--add-modules",
                "ALL-MODULE-PATH",
                "--class-path",
                String.join(File.pathSeparator, classPath),
                ModularMain.class.getName(),
                test.getName())
            .redirectErrorStream(true)
            .start();
    String output = new String(java.getInputStream().readAllBytes(), UTF_8);
    assertThat(java.waitFor()).as(output).isZero();
  }

  private static boolean isClients(String path) {
    return CLIENTS.matcher(fileName(path)).matches();
  }

  /** Leaves out what modules cannot be: folders, jars without classes, two with one package. */
  private static boolean isOneMoreModule(String path, Set<String> names, Set<String> packages) {
    if (!path.endsWith(".jar") || TESTS.matcher(fileName(path)).matches()) {
      return false;
    }
    for (ModuleReference module : ModuleFinder.of(Path.of(path)).findAll()) {
      Set<String> own = module.descriptor().packages();
      if (!own.isEmpty() && Collections.disjoint(own, packages)) {
        packages.addAll(own);
        return names.add(module.descriptor().name());
      }
    }
    return false;
  }

  private static String fileName(String path) {
    return new File(path).getName();
  }
}
