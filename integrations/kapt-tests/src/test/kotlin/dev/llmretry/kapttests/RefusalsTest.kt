package dev.llmretry.kapttests

import dev.llmretry.LlmRetry
import dev.llmretry.processor.LlmRetryProcessor
import dev.llmretry.runtime.RetryRuntime
import java.io.ByteArrayOutputStream
import java.io.File
import java.io.PrintStream
import java.nio.file.Files
import java.nio.file.Path
import org.assertj.core.api.Assertions.assertThat
import org.jetbrains.kotlin.cli.common.ExitCode
import org.jetbrains.kotlin.cli.jvm.K2JVMCompiler
import org.jetbrains.kotlin.kapt.KaptCommandLineProcessor
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir

/** What the processor says of interfaces that a wrapper cannot implement, or retry. */
class RefusalsTest {

  @TempDir lateinit var directory: Path

  /** Each with the id of its diagnostic, or none. */
  private val interfaces =
    listOf(
      "interface Suspending { @LlmRetry suspend fun ask(q: String): String }" to "LR021",
      "interface Callback { @LlmRetry fun ask(q: String, each: (String) -> Unit) }" to "LR019",
      "interface Nested { @LlmRetry fun ask(q: List<(Int, String) -> Unit>): String }" to "LR019",
      "fun interface Sink { fun text(t: String) }" to "",
      "interface Listening { @LlmRetry fun ask(q: String, sink: Sink?): String }" to "LR019",
      "interface Once { @LlmRetry fun ask(q: Sequence<String>): String }" to "LR018",
      "interface Holding { @LlmRetry fun ask(q: java.io.Reader?): String }" to "LR018",
      "interface Lazily { @LlmRetry fun ask(q: String): Lazy<String> }" to "LR050",
      "interface Calling { @LlmRetry fun ask(q: String): () -> String }" to "LR050",
      "@LlmRetry interface Returned { fun ask(q: String): Result<String>; fun a(): Any }" to "LR031",
      "@LlmRetry interface Passed { fun ask(q: UInt): String; fun name(q: String): Any }" to "LR031",
      "@LlmRetry(max = -1) interface Setting { fun ask(q: String): String }" to "LR001",
      "interface Configured { @LlmRetry fun ask(configure: StringBuilderFactory): String }" to "",
      "fun interface StringBuilderFactory { fun create(): Any }" to "",
      "interface Good { @LlmRetry fun ask(q: String? = \"\", vararg all: Int): List<String?> }" to "",
    )

  @Test
  fun `each is reported where it is written`() {
    val header = listOf("package acme", "import dev.llmretry.LlmRetry")
    val file = Files.write(directory.resolve("Clients.kt"), header + interfaces.map { it.first })
    val printed = ByteArrayOutputStream()
    val exit = K2JVMCompiler().exec(PrintStream(printed), *arguments(file).toTypedArray())

    val found = Regex("Clients\\.kt:(\\d+): \\w+: (LR\\d+)").findAll(printed.toString())
    val ids = found.associate { it.groupValues[1].toInt() to it.groupValues[2] }
    val reported = interfaces.mapIndexed { i, (source, _) -> source to (ids[i + 3] ?: "") }
    assertThat(reported).`as`(printed.toString()).isEqualTo(interfaces)
    assertThat(exit).isEqualTo(ExitCode.COMPILATION_ERROR)
  }

  private fun arguments(file: Path): List<String> {
    val kapt = KaptCommandLineProcessor()
    val processors =
      System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
    val settings =
      processors.split(File.pathSeparator).map { "apclasspath=$it" } +
        listOf("sources", "classes", "stubs").map { "$it=" + directory.resolve(it) } +
        listOf(
          "aptMode=stubsAndApt",
          "processors=" + LlmRetryProcessor::class.java.name,
          "mapDiagnosticLocations=true",
        )
    val classPath = listOf(LlmRetry::class, RetryRuntime::class, Unit::class)
    return listOf("-no-stdlib", "-no-reflect", "-jvm-target", "17") +
      listOf("-classpath", classPath.joinToString(File.pathSeparator) { location(it.java) }) +
      listOf("-Xplugin=" + location(kapt.javaClass)) +
      settings.flatMap { listOf("-P", "plugin:" + kapt.pluginId + ":" + it) } +
      listOf("-d", directory.resolve("out").toString(), file.toString())
  }

  private fun location(type: Class<*>) =
    Path.of(type.protectionDomain.codeSource.location.toURI()).toString()
}
