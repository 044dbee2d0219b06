package dev.llmretry.simulator;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * A thread that makes blocking calls in a simulation. It runs only while the thread of the
 * simulation waits for it; the two alternate, which makes a simulation with many threads
 * repeatable.
 */
final class CallerThread extends Thread {

  private static final long STACK_BYTES = 256 * 1024;

  /** In real time; a turn takes microseconds. */
  private static final long LONGEST_TURN_SECONDS = 60;

  private final EventClock clock;
  private final Semaphore turn = new Semaphore(0);
  private final Semaphore turnEnded = new Semaphore(0);

  /** Whether this thread waits, and nothing has woken it. */
  private boolean waiting;

  private boolean interruptedByOther;

  CallerThread(EventClock clock, String name, Runnable body) {
    super(null, body, name, STACK_BYTES);
    this.clock = clock;
    setDaemon(true);
  }

  static CallerThread current() {
    if (Thread.currentThread() instanceof CallerThread caller) {
      return caller;
    }
    throw new IllegalStateException("Only a caller of a blocking simulation can wait");
  }

  /** Starts the thread, and returns when it waits or has ended. Called by the simulation. */
  void begin() {
    start();
    awaitEndOfTurn();
  }

  @Override
  public void run() {
    try {
      super.run();
    } finally {
      turnEnded.release();
    }
  }

  /**
   * Waits until {@link #proceed} or {@link #wake} is called. Called by this thread.
   *
   * @throws InterruptedException if another thread has interrupted it
   */
  void await() throws InterruptedException {
    waiting = true;
    turnEnded.release();
    turn.acquireUninterruptibly();
    if (interruptedByOther) {
      interruptedByOther = false;
      throw new InterruptedException();
    }
  }

  /** Lets this thread run at once, if it waits, until it waits again or has ended. */
  void proceed() {
    if (waiting) {
      waiting = false;
      takeTurn();
    }
  }

  /** Lets this thread run, if it waits, after what is scheduled for the current time already. */
  void wake() {
    if (waiting) {
      waiting = false;
      clock.execute(this::takeTurn);
    }
  }

  private void takeTurn() {
    turn.release();
    awaitEndOfTurn();
  }

  /** A thread that waits for something else than the clock would otherwise hang the simulation. */
  private void awaitEndOfTurn() {
    boolean interrupted = false;
    try {
      boolean ended = false;
      while (!ended) {
        try {
          ended = turnEnded.tryAcquire(LONGEST_TURN_SECONDS, TimeUnit.SECONDS);
          if (!ended) {
            throw new IllegalStateException(
                getName() + " waits for something else than the clock of the simulation");
          }
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /**
   * Other threads run only while this one waits. An interrupt then is an event of the simulation,
   * since otherwise two threads would run.
   */
  @Override
  public void interrupt() {
    if (Thread.currentThread() == this) {
      super.interrupt();
    } else {
      interruptedByOther = true;
      wake();
    }
  }

  @Override
  public boolean isInterrupted() {
    return interruptedByOther || super.isInterrupted();
  }
}
