/** Retried calls in traces, for OpenTelemetry. */
@NullMarked
package dev.llmretry.opentelemetry;

import org.jspecify.annotations.NullMarked;
