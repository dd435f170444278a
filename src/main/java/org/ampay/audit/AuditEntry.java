package org.ampay.audit;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that a person or key did.
 *
 * @param operatorId the tenant it belongs to; null: the platform
 * @param actor {@code user:{email}}, {@code key:{prefix}}, {@code cli} or {@code system}
 * @param action a stable word, for example {@code wallet.top_up}
 * @param subject what it was done to, for example {@code driver:17}
 * @param detail further facts, never a secret; long values are cut
 */
public record AuditEntry(
    @Nullable Long operatorId,
    String actor,
    String action,
    String subject,
    Map<String, String> detail) {

  private static final int LONGEST_VALUE = 300;
  private static final int MOST_DETAILS = 10;

  public AuditEntry {
    detail = Map.copyOf(detail);
    actor = cut(actor, 220);
    action = cut(action, 60);
    subject = cut(subject, 120);
    if (detail.size() > MOST_DETAILS) {
      throw new IllegalArgumentException("an audit entry has at most " + MOST_DETAILS + " details");
    }
  }

  /** An entry without details. */
  public static AuditEntry of(
      @Nullable Long operatorId, String actor, String action, String subject) {
    return new AuditEntry(operatorId, actor, action, subject, Map.of());
  }

  /** The same with one more detail. */
  public AuditEntry with(String name, Object value) {
    Map<String, String> more = new LinkedHashMap<>(detail);
    more.put(name, cut(String.valueOf(value), LONGEST_VALUE));
    return new AuditEntry(operatorId, actor, action, subject, more);
  }

  private static String cut(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most - 1) + "…";
  }
}
