package acme.clashes;

public final class Override {}
