package org.ampay.web.console;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A part of a command's form, ready to be drawn. */
public sealed interface FormNode {

  /** Path of the field, as problems name it; also the name of its input. */
  String path();

  /** What is wrong with it; empty when nothing is. */
  String error();

  /** A field that is typed or chosen. */
  record Input(
      String path, String label, String hint, boolean required, Control control, String error)
      implements FormNode {}

  /**
   * How a field is entered.
   *
   * @param type {@code text}, {@code number}, {@code select}, {@code datetime-local}, {@code area}
   * @param options of a select: value and text; an empty value is "none"
   * @param maxLength 0: no limit
   */
  record Control(
      String type,
      String value,
      List<Option> options,
      int maxLength,
      @Nullable String min,
      @Nullable String max,
      @Nullable String step) {}

  /** A choice. */
  record Option(String value, String text) {}

  /**
   * An object.
   *
   * @param present false: left out, can be added
   * @param removable true: can be left out again
   */
  record Group(
      String path,
      String label,
      boolean present,
      boolean removable,
      List<FormNode> children,
      String error)
      implements FormNode {}

  /** A list. */
  record Rows(
      String path, String label, String hint, List<FormNode> rows, boolean canAdd, String error)
      implements FormNode {}
}
