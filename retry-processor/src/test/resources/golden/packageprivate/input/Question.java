package acme.packageprivate;

final class Question {}
