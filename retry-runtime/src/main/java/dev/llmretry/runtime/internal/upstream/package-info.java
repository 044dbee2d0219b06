/** What calls of one provider share: the gate with its queue, and the retry budgets. */
@NullMarked
package dev.llmretry.runtime.internal.upstream;

import org.jspecify.annotations.NullMarked;
