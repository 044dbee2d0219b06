package dev.llmretry.aspectj;

import org.aspectj.lang.annotation.SuppressAjWarnings;

/**
 * Leaves to methods of the companion what takes more than a loop: futures, streams, callbacks,
 * time-outs. An advice replaces those arguments that it has bound, hence one for each number of
 * them; of more than eight, the first eight can be replaced.
 */
@SuppressAjWarnings("adviceDidNotMatch")
public aspect CompanionRetryAspect {

  pointcut retriedCall() : RetryPointcuts.retried() && !RetryPointcuts.inLoop();

  Object around() : retriedCall() && args() {
    return WovenCall.make(thisJoinPoint, a -> proceed());
  }

  Object around(Object first) : retriedCall() && args(first) {
    return WovenCall.make(thisJoinPoint, a -> proceed(a[0]));
  }

  Object around(Object first, Object second) : retriedCall() && args(first, second) {
    return WovenCall.make(thisJoinPoint, a -> proceed(a[0], a[1]));
  }

  Object around(Object first, Object second, Object third) : retriedCall() && args(first, second, third) {
    return WovenCall.make(thisJoinPoint, a -> proceed(a[0], a[1], a[2]));
  }

  Object around(Object first, Object second, Object third, Object fourth) :
      retriedCall() && args(first, second, third, fourth) {
    return WovenCall.make(thisJoinPoint, a -> proceed(a[0], a[1], a[2], a[3]));
  }

  Object around(Object first, Object second, Object third, Object fourth, Object fifth) :
      retriedCall() && args(first, second, third, fourth, fifth) {
    return WovenCall.make(thisJoinPoint, a -> proceed(a[0], a[1], a[2], a[3], a[4]));
  }

  Object around(
      Object first, Object second, Object third, Object fourth, Object fifth, Object sixth) :
      retriedCall() && args(first, second, third, fourth, fifth, sixth) {
    return WovenCall.make(thisJoinPoint, a -> proceed(a[0], a[1], a[2], a[3], a[4], a[5]));
  }

  Object around(
      Object first, Object second, Object third, Object fourth, Object fifth, Object sixth,
      Object seventh) :
      retriedCall() && args(first, second, third, fourth, fifth, sixth, seventh) {
    return WovenCall.make(thisJoinPoint, a -> proceed(a[0], a[1], a[2], a[3], a[4], a[5], a[6]));
  }

  Object around(
      Object first, Object second, Object third, Object fourth, Object fifth, Object sixth,
      Object seventh, Object eighth) :
      retriedCall() && args(first, second, third, fourth, fifth, sixth, seventh, eighth, ..) {
    return WovenCall.make(
        thisJoinPoint, a -> proceed(a[0], a[1], a[2], a[3], a[4], a[5], a[6], a[7]));
  }
}
