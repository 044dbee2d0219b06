/** Events for JDK Flight Recorder, which may be missing. */
@NullMarked
package dev.llmretry.runtime.internal.jfr;

import org.jspecify.annotations.NullMarked;
