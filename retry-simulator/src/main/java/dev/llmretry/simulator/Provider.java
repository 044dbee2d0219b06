package dev.llmretry.simulator;

import static dev.llmretry.simulator.Checks.notNegative;
import static dev.llmretry.simulator.Checks.positive;
import static dev.llmretry.simulator.Checks.seconds;
import static dev.llmretry.simulator.Checks.share;
import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A model of a provider: its limits, its latency, and what goes wrong with it. Immutable.
 *
 * <p>Without further settings, it answers each request after 1.5 s on average.
 */
public final class Provider {

  private final List<Limit> limits;
  private final List<Incident> incidents;
  private final LogNormal latency;
  private final double refusalSeconds;
  private final boolean refusalsCount;
  private final Hint hint;
  private final double failureShare;
  private final double stragglerShare;
  private final double stragglerFactor;
  private final int workers;
  private final boolean stopsWhenAbandoned;

  private Provider(Builder builder) {
    limits = List.copyOf(builder.limits);
    incidents = List.copyOf(builder.incidents);
    latency = builder.latency;
    refusalSeconds = builder.refusalSeconds;
    refusalsCount = builder.refusalsCount;
    hint = builder.hint;
    failureShare = builder.failureShare;
    stragglerShare = builder.stragglerShare;
    stragglerFactor = builder.stragglerFactor;
    workers = builder.workers;
    stopsWhenAbandoned = builder.stopsWhenAbandoned;
  }

  /** {@return a builder} */
  public static Builder builder() {
    return new Builder();
  }

  List<Limit> limits() {
    return limits;
  }

  List<Incident> incidents() {
    return incidents;
  }

  LogNormal latency() {
    return latency;
  }

  double refusalSeconds() {
    return refusalSeconds;
  }

  boolean refusalsCount() {
    return refusalsCount;
  }

  Hint hint() {
    return hint;
  }

  double failureShare() {
    return failureShare;
  }

  double stragglerShare() {
    return stragglerShare;
  }

  double stragglerFactor() {
    return stragglerFactor;
  }

  /** The number of workers; 0 if each request has one. */
  int workers() {
    return workers;
  }

  boolean stopsWhenAbandoned() {
    return stopsWhenAbandoned;
  }

  /** Builds a {@link Provider}. Not safe for use by several threads. */
  public static final class Builder {

    private final List<Limit> limits = new ArrayList<>();
    private final List<Incident> incidents = new ArrayList<>();
    private LogNormal latency = new LogNormal(1.5, 0.4);
    private double refusalSeconds = 0.05;
    private boolean refusalsCount;
    private Hint hint = Hint.exact();
    private double failureShare;
    private double stragglerShare;
    private double stragglerFactor = 1;
    private int workers;
    private boolean stopsWhenAbandoned;

    private Builder() {}

    /**
     * Adds a limit. A request must be admitted by all limits.
     *
     * @param added the limit
     * @return this builder
     */
    public Builder limit(Limit added) {
      limits.add(requireNonNull(added, "limit"));
      return this;
    }

    /**
     * Sets how long an answer takes, with a log-normal distribution. The default is 1.5 s with a
     * sigma of 0.4.
     *
     * @param mean the mean
     * @param sigma the standard deviation of the logarithm, from 0 (constant) to 3
     * @return this builder
     */
    public Builder latency(Duration mean, double sigma) {
      latency = new LogNormal(positive("mean", mean), sigma);
      return this;
    }

    /**
     * Sets how long a refusal or a failure takes. The default is 50 ms.
     *
     * @param time zero or more
     * @return this builder
     */
    public Builder refusalLatency(Duration time) {
      refusalSeconds = seconds(notNegative("refusal latency", time));
      return this;
    }

    /**
     * Counts refused requests against the limits, too, as <a
     * href="https://platform.openai.com/docs/guides/rate-limits">OpenAI</a> does. By default they
     * are free. A bucket never lacks more than its size: clients that stop are admitted again after
     * the time in which it is filled twice.
     *
     * @return this builder
     */
    public Builder refusalsCount() {
      refusalsCount = true;
      return this;
    }

    /**
     * Sets what a refusal says about when to retry. The default is {@link Hint#exact()}.
     *
     * @param stated the hint
     * @return this builder
     */
    public Builder hint(Hint stated) {
      hint = requireNonNull(stated, "hint");
      return this;
    }

    /**
     * Sets the share of admitted requests that fail with HTTP 500, independently of one another.
     *
     * @param share from 0 to 1
     * @return this builder
     */
    public Builder failures(double share) {
      failureShare = share("share", share);
      return this;
    }

    /**
     * Sets the share of answers that take longer.
     *
     * @param share from 0 to 1
     * @param factor how many times longer they take
     * @return this builder
     */
    public Builder stragglers(double share, double factor) {
      stragglerShare = share("share", share);
      stragglerFactor = positive("factor", factor);
      return this;
    }

    /**
     * Sets the number of workers. Requests that find none wait for one, in a queue without a limit.
     * By default, each request has a worker.
     *
     * @param count the number of requests that are processed at the same time; 1 or more
     * @return this builder
     */
    public Builder workers(int count) {
      workers = positive("workers", count);
      return this;
    }

    /**
     * Stops to work on requests that their client has abandoned, as after a time-out. By default,
     * the provider does not notice and completes them.
     *
     * @return this builder
     */
    public Builder stopsWhenAbandoned() {
      stopsWhenAbandoned = true;
      return this;
    }

    /**
     * Adds an outage: requests fail with HTTP 503, without a hint.
     *
     * @param start when it begins, from the start of the simulation
     * @param duration how long it lasts
     * @return this builder
     */
    public Builder outage(Duration start, Duration duration) {
      incidents.add(
          new Incident(
              Incident.Kind.OUTAGE,
              seconds(notNegative("start", start)),
              positive("duration", duration),
              0));
      return this;
    }

    /**
     * Adds a period in which the provider accepts requests and does not respond to them, not even
     * later. Clients need a time-out.
     *
     * @param start when it begins, from the start of the simulation
     * @param duration how long it lasts
     * @return this builder
     */
    public Builder hang(Duration start, Duration duration) {
      incidents.add(
          new Incident(
              Incident.Kind.HANG,
              seconds(notNegative("start", start)),
              positive("duration", duration),
              0));
      return this;
    }

    /**
     * Adds a period in which limits and workers are a multiple of what they are otherwise: a
     * brown-out if it is below 1.
     *
     * @param start when it begins, from the start of the simulation
     * @param duration how long it lasts
     * @param factor the capacity, as a multiple of that outside the period
     * @return this builder
     */
    public Builder capacity(Duration start, Duration duration, double factor) {
      incidents.add(
          new Incident(
              Incident.Kind.CAPACITY,
              seconds(notNegative("start", start)),
              positive("duration", duration),
              positive("factor", factor)));
      return this;
    }

    /**
     * Adds the loss of a connection: all requests in flight fail at once.
     *
     * @param time when it happens, from the start of the simulation
     * @return this builder
     */
    public Builder connectionLoss(Duration time) {
      incidents.add(
          new Incident(Incident.Kind.CONNECTION_LOSS, seconds(notNegative("time", time)), 0, 0));
      return this;
    }

    /**
     * Builds the provider.
     *
     * @return the provider
     */
    public Provider build() {
      return new Provider(this);
    }
  }
}
