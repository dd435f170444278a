package org.ampay.web.message;

import java.util.List;

/**
 * What is wrong with a field.
 *
 * @param key of the text
 * @param values that stand in the text
 */
public record Complaint(String key, List<Object> values) {

  static Complaint of(String key, Object... values) {
    return new Complaint(key, List.of(values));
  }
}
