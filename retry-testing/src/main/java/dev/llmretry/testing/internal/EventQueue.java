package dev.llmretry.testing.internal;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Actions in the order of their times, and those of the same time in the order in which they were
 * added. A binary heap whose entries store their index, so that removal needs no search. Not safe
 * for use by several threads.
 */
public final class EventQueue {

  private Event[] heap = new Event[16];
  private int size;
  private long added;

  /** Creates an empty queue. */
  public EventQueue() {}

  /**
   * Adds an action.
   *
   * @param time the time at which it is due
   * @param action the action
   * @return the event, for {@link #remove}
   */
  public Event add(long time, Runnable action) {
    Event event = new Event(time, added++, action);
    if (size == heap.length) {
      heap = Arrays.copyOf(heap, 2 * size);
    }
    siftUp(size++, event);
    return event;
  }

  /**
   * Removes the next event.
   *
   * @param time the latest time of an event that is due
   * @return the event, or null if none is due
   */
  public @Nullable Event poll(long time) {
    if (size == 0 || heap[0].time > time) {
      return null;
    }
    Event event = heap[0];
    removeAt(event.index);
    return event;
  }

  /**
   * Removes an event and drops its action.
   *
   * @param event an event of this queue
   * @return whether the event was in the queue
   */
  public boolean remove(Event event) {
    if (event.index == Event.REMOVED) {
      return false;
    }
    removeAt(event.index);
    event.action = null;
    return true;
  }

  /** {@return the time of the next event; the largest {@code long} if there is none} */
  public long nextTime() {
    return size == 0 ? Long.MAX_VALUE : heap[0].time;
  }

  /** {@return the number of events} */
  public int size() {
    return size;
  }

  private void removeAt(int index) {
    heap[index].index = Event.REMOVED;
    Event moved = heap[--size];
    heap[size] = null;
    if (index < size) {
      siftDown(index, moved);
      if (heap[index] == moved) {
        siftUp(index, moved);
      }
    }
  }

  private void siftUp(int start, Event event) {
    int index = start;
    while (index > 0) {
      int parent = (index - 1) >>> 1;
      if (!event.isBefore(heap[parent])) {
        break;
      }
      put(index, heap[parent]);
      index = parent;
    }
    put(index, event);
  }

  private void siftDown(int start, Event event) {
    int index = start;
    while (2 * index + 1 < size) {
      int child = 2 * index + 1;
      if (child + 1 < size && heap[child + 1].isBefore(heap[child])) {
        child++;
      }
      if (!heap[child].isBefore(event)) {
        break;
      }
      put(index, heap[child]);
      index = child;
    }
    put(index, event);
  }

  private void put(int index, Event event) {
    heap[index] = event;
    event.index = index;
  }

  /** An action and its time. */
  public static final class Event {

    private static final int REMOVED = -1;

    private final long time;
    private final long order;
    private @Nullable Runnable action;
    private int index;

    private Event(long time, long order, Runnable action) {
      this.time = time;
      this.order = order;
      this.action = action;
    }

    /** {@return the time at which the action is due} */
    public long time() {
      return time;
    }

    /** Runs the action, unless it has run or the event was removed; then drops it. */
    public void run() {
      Runnable due = action;
      action = null;
      if (due != null) {
        due.run();
      }
    }

    private boolean isBefore(Event other) {
      return time < other.time || (time == other.time && order < other.order);
    }
  }
}
