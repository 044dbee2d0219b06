/** Retries of calls that return RxJava 3 types. */
@SuppressWarnings("module") // the digit is part of the name of RxJava 3
module dev.llmretry.rxjava3 {
  requires transitive dev.llmretry.runtime;
  requires transitive io.reactivex.rxjava3;
  requires static org.jspecify;

  exports dev.llmretry.rxjava3;
}
