/** Retries of calls that return RxJava 3 types; see {@link dev.llmretry.rxjava3.RxRetry}. */
@NullMarked
package dev.llmretry.rxjava3;

import org.jspecify.annotations.NullMarked;
