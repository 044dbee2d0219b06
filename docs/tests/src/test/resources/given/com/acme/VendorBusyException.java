package com.acme;

import java.time.Duration;

public class VendorBusyException extends RuntimeException {
  public Duration pause() {
    return Duration.ofSeconds(1);
  }
}
