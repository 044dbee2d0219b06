package acme.typeuse;

import dev.llmretry.LlmRetry;
import org.jspecify.annotations.NonNull;

/** Annotated as a type argument, as a type variable, and where it stands. */
@LlmRetry
interface Prompts<@NonNull P> extends Queue<@NonNull P> {}
