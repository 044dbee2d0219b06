/** Not exported; shared by the runtime's packages. */
@NullMarked
package dev.llmretry.runtime.internal;

import org.jspecify.annotations.NullMarked;
