package dev.llmretry.simulator;

import dev.llmretry.testing.internal.EventQueue;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.random.RandomGenerator;

/** A provider in a simulation. */
final class SimulatedProvider {

  private final Provider model;
  private final EventClock clock;
  private final RandomGenerator random;
  private final Recorder recorder;

  /** Its position in the order of preference, from 0. */
  private final int index;

  private final List<LimitState> limits;
  private final List<Incident> current = new ArrayList<>();

  /** In the order of their arrival. */
  private final Set<Exchange> inFlight = new LinkedHashSet<>();

  private final Queue<Exchange> queue = new ArrayDeque<>();
  private double capacity = 1;
  private int busy;

  SimulatedProvider(
      Provider model, int index, EventClock clock, RandomGenerator random, Recorder recorder) {
    this.model = model;
    this.index = index;
    this.clock = clock;
    this.random = random;
    this.recorder = recorder;
    limits = model.limits().stream().map(Limit::start).toList();
    for (Incident incident : model.incidents()) {
      EventQueue.Event unused =
          clock.scheduleSeconds(incident.start(), () -> onIncidentBegan(incident));
    }
  }

  private void onIncidentBegan(Incident incident) {
    if (incident.kind() == Incident.Kind.CONNECTION_LOSS) {
      loseConnection();
      return;
    }
    current.add(incident);
    updateCapacity();
    EventQueue.Event unused =
        clock.scheduleSeconds(
            incident.duration(),
            () -> {
              current.remove(incident);
              updateCapacity();
            });
  }

  /** As of an HTTP/2 connection, whose streams end with exceptions that have one cause. */
  private void loseConnection() {
    IOException cause = new IOException("connection reset");
    for (Exchange exchange : List.copyOf(inFlight)) {
      fail(exchange, new IOException(cause.getMessage(), cause));
    }
  }

  private boolean has(Incident.Kind kind) {
    return current.stream().anyMatch(incident -> incident.kind() == kind);
  }

  private void updateCapacity() {
    capacity = 1;
    for (Incident incident : current) {
      if (incident.kind() == Incident.Kind.CAPACITY) {
        capacity *= incident.factor();
      }
    }
    for (LimitState limit : limits) {
      limit.setCapacity(clock.seconds(), capacity);
    }
    startQueued();
  }

  /** A request arrives. */
  void send(Exchange exchange) {
    recorder.onRequest(exchange.request, index);
    inFlight.add(exchange);
    Request request = exchange.request;
    double now = clock.seconds();
    if (has(Incident.Kind.HANG)) {
      return;
    }
    if (has(Incident.Kind.OUTAGE)) {
      failLater(exchange, new ProviderException(503, Map.of()));
      return;
    }
    for (LimitState limit : limits) {
      if (!limit.admits(now, request.tokens())) {
        refuse(exchange, now);
        return;
      }
    }
    for (LimitState limit : limits) {
      limit.accept(now, request.tokens());
    }
    if (request.broken() || random.nextDouble() < model.failureShare()) {
      release();
      failLater(exchange, new ProviderException(500, Map.of()));
    } else if (hasFreeWorker()) {
      work(exchange);
    } else {
      queue.add(exchange);
    }
  }

  private void refuse(Exchange exchange, double now) {
    double tokens = exchange.request.tokens();
    double wait = 0;
    for (LimitState limit : limits) {
      if (model.refusalsCount()) {
        limit.countRefusal(now, tokens);
      }
      if (!limit.admits(now, tokens)) {
        wait = Math.max(wait, limit.secondsUntilAdmitted(now, tokens));
      }
    }
    failLater(exchange, new ProviderException(429, model.hint().headers(wait)));
  }

  private void failLater(Exchange exchange, Exception failure) {
    exchange.response =
        clock.scheduleSeconds(model.refusalSeconds(), () -> fail(exchange, failure));
  }

  private void fail(Exchange exchange, Exception failure) {
    if (close(exchange)) {
      recorder.onFailure(failure);
      exchange.onFailure(failure);
    }
  }

  private boolean hasFreeWorker() {
    return model.workers() == 0 || busy + 1 <= model.workers() * capacity;
  }

  private void work(Exchange exchange) {
    busy++;
    exchange.hasWorker = true;
    double seconds = model.latency().sample(random);
    if (model.stragglerShare() > 0 && random.nextDouble() < model.stragglerShare()) {
      seconds *= model.stragglerFactor();
    }
    exchange.response = clock.scheduleSeconds(seconds, () -> complete(exchange));
  }

  private void complete(Exchange exchange) {
    endWork();
    if (close(exchange)) {
      recorder.onAnswer();
      exchange.onAnswer();
    }
  }

  private void endWork() {
    busy--;
    release();
    startQueued();
  }

  private void release() {
    for (LimitState limit : limits) {
      limit.release();
    }
  }

  private void startQueued() {
    while (!queue.isEmpty() && hasFreeWorker()) {
      work(queue.remove());
    }
  }

  /** The client no longer waits for a response. */
  void abandon(Exchange exchange) {
    if (!close(exchange)) {
      return;
    }
    recorder.onAbandoned();
    if (!model.stopsWhenAbandoned()) {
      return;
    }
    if (queue.remove(exchange)) {
      release();
    } else if (exchange.response != null) {
      clock.cancel(exchange.response);
      if (exchange.hasWorker) {
        endWork();
      }
    }
  }

  private boolean close(Exchange exchange) {
    if (exchange.closed) {
      return false;
    }
    exchange.closed = true;
    inFlight.remove(exchange);
    return true;
  }
}
