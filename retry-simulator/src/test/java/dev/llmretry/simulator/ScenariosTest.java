package dev.llmretry.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ScenariosTest {

  @Test
  void namesAreUnique() {
    assertThat(Scenarios.all()).extracting(Scenario::name).doesNotHaveDuplicates();
    assertThat(Scenarios.named("s4")).hasValueSatisfying(s -> assertThat(s.name()).isEqualTo("s4"));
    assertThat(Scenarios.named("none")).isEmpty();
  }

  @Test
  void descriptionsHaveTheNumbers() {
    assertThat(Scenarios.all())
        .allSatisfy(s -> assertThat(s.description()).matches("[\\d,]+ calls .*\\d.*"));
  }
}
