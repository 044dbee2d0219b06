package dev.llmretry.testing.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EventQueueTest {

  private final EventQueue queue = new EventQueue();

  @Test
  void eventsAreTakenByTimeAndThenInTheOrderInWhichTheyWereAdded() {
    record Added(long time, int order, EventQueue.Event event) {}
    Random random = new Random(1);
    List<Added> expected = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      if (!expected.isEmpty() && random.nextInt(3) == 0) {
        int index = random.nextInt(expected.size());
        Added removed = expected.set(index, expected.get(expected.size() - 1));
        expected.remove(expected.size() - 1);
        assertThat(queue.remove(removed.event())).isTrue();
        assertThat(queue.remove(removed.event())).isFalse();
      } else {
        long time = random.nextInt(1_000);
        expected.add(new Added(time, i, queue.add(time, () -> {})));
      }
      assertThat(queue.size()).isEqualTo(expected.size());
    }
    expected.sort(Comparator.comparingLong(Added::time).thenComparingInt(Added::order));
    for (Added next : expected) {
      assertThat(queue.poll(Long.MAX_VALUE)).isSameAs(next.event());
    }
    assertThat(queue.poll(Long.MAX_VALUE)).isNull();
  }

  @Test
  void onlyWhatIsDueIsTaken() {
    EventQueue.Event event = queue.add(10, () -> {});
    assertThat(queue.poll(9)).isNull();
    assertThat(queue.poll(10)).isSameAs(event);
    assertThat(event.time()).isEqualTo(10);
  }

  @Test
  void anEventRunsItsActionOnceAndDropsIt() {
    List<String> run = new ArrayList<>();
    EventQueue.Event event = queue.add(0, () -> run.add("run"));
    event.run();
    event.run();
    assertThat(run).containsExactly("run");
  }

  @Test
  void aRemovedEventDropsItsAction() {
    List<String> run = new ArrayList<>();
    EventQueue.Event event = queue.add(0, () -> run.add("run"));
    queue.remove(event);
    event.run();
    assertThat(run).isEmpty();
  }
}
