package acme.clashes;

public final class Objects {}
