package acme.foreign;

/** What a library has for all its models. */
interface Model<Q, A> {

  A call(Q request);
}
