/** The command line. Not an API. */
@NullMarked
package dev.llmretry.simulator.internal.cli;

import org.jspecify.annotations.NullMarked;
