package dev.llmretry.processor.model;

/**
 * A provider's SDK, or a framework for several, that retries failed calls itself.
 *
 * @param name its name, as messages show it
 * @param exception a class of it, usually its exception, by which it is detected
 * @param packageName the package of its types, and of those in subpackages
 * @param retries how often it retries a call unless configured
 * @param setting how to switch its retries off
 */
public record Sdk(
    String name, String exception, String packageName, String retries, String setting) {}
