package acme.composed;

import dev.llmretry.Jitter;
import dev.llmretry.LlmRetry;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

@LlmRetry(max = 6, baseDelayMs = 250, jitter = Jitter.EQUAL)
@Retention(RetentionPolicy.RUNTIME)
public @interface Resilient {}
