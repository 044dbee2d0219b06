package dev.llmretry.simulator;

/** The time that a load takes if the provider is used fully and no request is wasted. */
final class Ideal {

  private final Provider provider;
  private final Load load;

  Ideal(Provider provider, Load load) {
    this.provider = provider;
    this.load = load;
  }

  /**
   * Returns the end of the load.
   *
   * @param tokens the tokens of all calls
   * @param end the actual end, up to which incidents are considered
   */
  double end(double tokens, double end) {
    double latency = provider.latency().mean();
    double lastBegins =
        load.isOpen()
            ? load.calls() / load.perSecond()
            : (load.calls() - load.callers()) * latency / load.callers();
    for (Limit limit : provider.limits()) {
      lastBegins = Math.max(lastBegins, lastBegins(limit, tokens, end));
    }
    if (provider.workers() > 0) {
      double others = load.calls() - provider.workers();
      lastBegins = Math.max(lastBegins, elapsed(others, provider.workers() / latency, end));
    }
    return lastBegins + latency;
  }

  private double lastBegins(Limit limit, double tokens, double end) {
    double work = limit.ofTokens() ? tokens : load.calls();
    double others = work - limit.burst();
    return switch (limit.kind()) {
      case BUCKET -> elapsed(others, limit.perSecond(), end);
      case WINDOW ->
          elapsed(Math.ceil(others / limit.amount()) * limit.amount(), limit.perSecond(), end);
      case CONCURRENCY -> elapsed(others, limit.amount() / provider.latency().mean(), end);
    };
  }

  /** Returns the time after which {@code work} has been done, at a rate that incidents change. */
  private double elapsed(double work, double perSecond, double end) {
    double left = work;
    double time = 0;
    while (left > 0) {
      double next = nextChange(time);
      double rate = perSecond * capacity(time);
      if (next > end || left <= rate * (next - time)) {
        return time + left / (rate > 0 ? rate : perSecond);
      }
      left -= rate * (next - time);
      time = next;
    }
    return time;
  }

  private double nextChange(double time) {
    double next = Double.POSITIVE_INFINITY;
    for (Incident incident : provider.incidents()) {
      if (incident.start() > time) {
        next = Math.min(next, incident.start());
      }
      if (incident.end() > time) {
        next = Math.min(next, incident.end());
      }
    }
    return next;
  }

  private double capacity(double time) {
    double capacity = 1;
    for (Incident incident : provider.incidents()) {
      if (incident.start() <= time && time < incident.end()) {
        capacity *= incident.factor();
      }
    }
    return capacity;
  }
}
