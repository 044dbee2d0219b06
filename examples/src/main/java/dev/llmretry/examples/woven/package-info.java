/**
 * Retries without an interface: a class with annotated methods, which AspectJ weaves once javac has
 * compiled it. How, the build says; see {@code aspectj-maven-plugin} in the POM.
 */
@NullMarked
package dev.llmretry.examples.woven;

import org.jspecify.annotations.NullMarked;
