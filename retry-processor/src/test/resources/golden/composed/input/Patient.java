package acme.composed;

/** Composed of a composed annotation. */
@Resilient
public @interface Patient {}
