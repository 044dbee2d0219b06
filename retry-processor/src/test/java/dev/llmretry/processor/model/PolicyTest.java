package dev.llmretry.processor.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The comparison of policies covers all record components except the position. */
@SuppressWarnings("NullAway") // no component needs its position here
class PolicyTest {

  private static final RecordComponent[] COMPONENTS = Policy.class.getRecordComponents();

  private static final Map<Class<?>, List<Object>> VALUES =
      Map.of(
          Integer.class, List.of(1, 2),
          Long.class, List.of(1L, 2L),
          Double.class, List.of(1.0, 2.0),
          String.class, List.of("one", "other"));

  static Stream<RecordComponent> settings() {
    return Stream.of(COMPONENTS).filter(component -> component.getType() != Position.class);
  }

  @Test
  void equalSettingsAreTheSame() throws ReflectiveOperationException {
    assertThat(policy(null).hasSameSettings(policy(null))).isTrue();
  }

  @ParameterizedTest
  @MethodSource("settings")
  void anotherSettingIsNotTheSame(RecordComponent changed) throws ReflectiveOperationException {
    assertThat(policy(null).hasSameSettings(policy(changed))).isFalse();
    assertThat(policy(changed).hasSameSettings(policy(changed))).isTrue();
  }

  /** Returns a policy with other values in one component. */
  private static Policy policy(@Nullable RecordComponent changed)
      throws ReflectiveOperationException {
    Object[] arguments = new Object[COMPONENTS.length];
    for (int i = 0; i < arguments.length; i++) {
      boolean isChanged = changed != null && COMPONENTS[i].getName().equals(changed.getName());
      arguments[i] = value(COMPONENTS[i], isChanged ? 1 : 0);
    }
    return (Policy) Policy.class.getDeclaredConstructors()[0].newInstance(arguments);
  }

  private static @Nullable Object value(RecordComponent component, int variant) {
    Class<?> type = component.getType();
    if (type == Position.class) {
      return null;
    }
    if (type == SettingClass.class) {
      return variant == 0 ? null : new SettingClass(null, "acme.NoText", null, true, null);
    }
    if (type == Rules.class) {
      List<KindRule> kinds = variant == 0 ? List.of() : List.of(new KindRule("TIMEOUT", null));
      return new Rules(List.of(), List.of(), kinds, List.of());
    }
    Object valueType = ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[0];
    List<Object> values = Objects.requireNonNull(VALUES.get(valueType), component.getName());
    return new Setting<>(component.getName(), values.get(variant), null);
  }
}
