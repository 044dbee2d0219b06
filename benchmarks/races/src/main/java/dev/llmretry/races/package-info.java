/** What several threads may do to one call at the same time. */
@NullMarked
package dev.llmretry.races;

import org.jspecify.annotations.NullMarked;
