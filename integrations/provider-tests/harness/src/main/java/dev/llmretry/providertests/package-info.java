/** What the tests of all SDKs share. Nothing here knows an SDK. */
@NullMarked
package dev.llmretry.providertests;

import org.jspecify.annotations.NullMarked;
