package org.ampay.station.device;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An attribute as stored.
 *
 * @param pending accepted by the station, valid after its next boot; null: nothing is
 * @param source {@code report}, {@code get} or {@code set}
 * @param firstAt when it was first told
 * @param changedAt when its value last changed
 * @param confirmedAt when the station last named it
 * @param removedAt when a complete inventory did not name it any more; null: it is there
 */
public record VariableRow(
    long id,
    VariableKey key,
    @Nullable String value,
    @Nullable String pending,
    VariableFact.Traits traits,
    String source,
    Instant firstAt,
    Instant changedAt,
    Instant confirmedAt,
    @Nullable Instant removedAt) {

  /** Whether the station has it, as far as is known. */
  public boolean present() {
    return removedAt == null;
  }

  /** Whether a station may be told another value. */
  public boolean writable() {
    return !"ReadOnly".equals(traits.mutability());
  }
}
