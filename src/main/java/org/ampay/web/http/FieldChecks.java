package org.ampay.web.http;

import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Checks a record that was read from JSON against its {@link Field} annotations. */
public final class FieldChecks {

  private static final int DEFAULT_LENGTH = 200;
  private static final int DEFAULT_ITEMS = 100;

  private FieldChecks() {}

  /**
   * @throws ProblemException 400 naming the first field that is missing or breaks a limit
   */
  static void check(Record record) {
    check(record, "");
  }

  /** {@code max_power_w} of {@code maxPowerW}. */
  public static String jsonName(String component) {
    return component.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
  }

  /** True when a component may be left out. */
  public static boolean optional(RecordComponent component) {
    return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
  }

  private static void check(Record record, String path) {
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      String name = jsonName(component.getName());
      String at = path.isEmpty() ? name : path + "." + name;
      Object value = value(record, component);
      if (value == null) {
        if (!optional(component)) {
          throw Problem.badField(at, "is missing").exception();
        }
      } else {
        check(value, component.getAnnotation(Field.class), at);
      }
    }
  }

  private static void check(Object value, @Nullable Field limits, String at) {
    switch (value) {
      case String text -> {
        boolean lines = limits != null && limits.lines();
        String line = lines ? text.replace('\n', ' ').replace('\r', ' ') : text;
        checkText(line, limits == null ? DEFAULT_LENGTH : limits.maxLength(), at);
      }
      case Ref ref -> checkText(ref.text(), DEFAULT_ITEMS, at);
      case Integer number -> checkRange(number, limits, at);
      case Long number -> checkRange(number, limits, at);
      case List<?> list -> checkList(list, limits, at);
      case Record nested -> check(nested, at);
      default -> {}
    }
  }

  private static void checkList(List<?> list, @Nullable Field limits, String at) {
    int most = limits == null ? DEFAULT_ITEMS : limits.maxItems();
    if (list.size() > most) {
      throw Problem.badField(at, "must have at most " + most + " items").exception();
    }
    for (int i = 0; i < list.size(); i++) {
      Object item = list.get(i);
      if (item == null) {
        throw Problem.badField(at + "[" + i + "]", "must not be null").exception();
      }
      check(item, limits, at + "[" + i + "]");
    }
  }

  private static void checkText(String text, int most, String at) {
    if (text.length() > most) {
      throw Problem.badField(at, "must have at most " + most + " characters").exception();
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean pair =
          Character.isHighSurrogate(c)
              && i + 1 < text.length()
              && Character.isLowSurrogate(text.charAt(i + 1));
      if (Character.isISOControl(c) || (Character.isSurrogate(c) && !pair)) {
        throw Problem.badField(at, "must not have control characters").exception();
      }
      i += pair ? 1 : 0;
    }
  }

  private static void checkRange(long number, @Nullable Field limits, String at) {
    if (limits != null && (number < limits.min() || number > limits.max())) {
      String range =
          limits.max() == Long.MAX_VALUE
              ? "must be " + limits.min() + " or more"
              : "must be " + limits.min() + " to " + limits.max();
      throw Problem.badField(at, range).exception();
    }
  }

  private static @Nullable Object value(Record record, RecordComponent component) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a record's component can be read", e);
    }
  }
}
