/** What extractors and checks have in common; not an API. */
@NullMarked
package dev.llmretry.providers.internal;

import org.jspecify.annotations.NullMarked;
