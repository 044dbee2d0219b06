package acme.packageprivate;

final class Answer {}
