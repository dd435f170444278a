package org.ampay.web.console;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What somebody typed, as texts by the name of their field, and what is wrong with it: a page drawn
 * from it loses nothing. A list of rows {@code row} is a field of that name with a key for each row
 * in their order; the fields of the row with key 3 are {@code row3.price} and so on.
 */
public final class TypedForm {

  /** Rows of one list; more would make a page that nobody reads. */
  static final int MOST_ROWS = 500;

  private final Map<String, List<String>> values = new LinkedHashMap<>();
  private final Map<String, String> errors = new LinkedHashMap<>();

  /** The form as it was posted. */
  static TypedForm posted(PageCall call) {
    TypedForm form = new TypedForm();
    for (String name : call.formNames()) {
      if (!name.startsWith("_")) {
        form.values.put(name, List.copyOf(call.formAll(name)));
      }
    }
    return form;
  }

  /** The text of a field, empty when there is none. */
  public String get(String name) {
    List<String> all = values.getOrDefault(name, List.of());
    return all.isEmpty() ? "" : all.getFirst();
  }

  /** All texts of a field: the checked boxes. */
  public List<String> all(String name) {
    return values.getOrDefault(name, List.of());
  }

  /** Whether a box is checked. */
  public boolean has(String name, String value) {
    return all(name).contains(value);
  }

  /** Whether any field that begins so has a text. */
  public boolean anyBelow(String prefix) {
    return values.entrySet().stream()
        .anyMatch(
            e ->
                e.getKey().startsWith(prefix) && e.getValue().stream().anyMatch(v -> !v.isEmpty()));
  }

  /** The names of the fields that have a text. */
  List<String> names() {
    return values.entrySet().stream()
        .filter(e -> e.getValue().stream().anyMatch(v -> !v.isEmpty()))
        .map(Map.Entry::getKey)
        .toList();
  }

  TypedForm set(String name, String value) {
    values.put(name, List.of(value));
    return this;
  }

  TypedForm setAll(String name, List<String> all) {
    values.put(name, List.copyOf(all));
    return this;
  }

  /** The prefixes of a list's rows, {@code row3}, in their order. */
  public List<String> rows(String list) {
    return keys(list).stream().map(key -> list + key).toList();
  }

  private List<String> keys(String list) {
    return all(list).stream()
        .filter(key -> key.matches("[0-9]{1,6}"))
        .distinct()
        .limit(MOST_ROWS)
        .toList();
  }

  /** Adds an empty row and tells its prefix. */
  String addRow(String list) {
    List<String> keys = new ArrayList<>(keys(list));
    int next = 1 + keys.stream().mapToInt(Integer::parseInt).max().orElse(0);
    if (keys.size() < MOST_ROWS) {
      keys.add(Integer.toString(next));
    }
    values.put(list, List.copyOf(keys));
    return list + next;
  }

  /** Takes a row away with all that was typed in it. */
  void removeRow(String list, String row) {
    List<String> keys = new ArrayList<>(keys(list));
    keys.removeIf(key -> (list + key).equals(row));
    values.put(list, List.copyOf(keys));
    values.keySet().removeIf(name -> name.startsWith(row + "."));
  }

  /** Moves a row before the one above it. */
  void moveUp(String list, String row) {
    List<String> keys = new ArrayList<>(keys(list));
    for (int i = 1; i < keys.size(); i++) {
      if ((list + keys.get(i)).equals(row)) {
        keys.add(i - 1, keys.remove(i));
        break;
      }
    }
    values.put(list, List.copyOf(keys));
  }

  /** Names what is wrong with a field; the first complaint stays. */
  void wrong(String name, String error) {
    errors.putIfAbsent(name, error);
  }

  boolean isWrong() {
    return !errors.isEmpty();
  }

  /** Whether something is wrong with a field that begins so. */
  public boolean wrongBelow(String prefix) {
    return errors.keySet().stream().anyMatch(name -> name.startsWith(prefix));
  }

  /** What is wrong with a field, empty when nothing is. */
  public String error(String name) {
    return errors.getOrDefault(name, "");
  }

  /** Everything that is wrong, by field; the field without a name is the whole form. */
  public Map<String, String> errors() {
    return errors;
  }
}
