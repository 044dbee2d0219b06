package acme.clashes;

public final class Exception {}
