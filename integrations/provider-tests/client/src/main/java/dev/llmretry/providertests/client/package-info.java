/** What a user writes. */
@NullMarked
package dev.llmretry.providertests.client;

import org.jspecify.annotations.NullMarked;
