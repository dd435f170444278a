package org.ampay.station.reports;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A firmware update, publication, log upload or display query.
 *
 * @param requestId null: the action has none
 * @param status the station's last word; null: none yet
 * @param location without secrets; empty: none
 * @param payload the request, without secrets
 * @param detail the file's name, the published places
 * @param fileId the file of ours that it loads or brings
 * @param targetVersion what the station should run afterwards; null: not known
 * @param versionAfter what it reported at the boot that followed
 * @param events its timeline, oldest first; empty in lists
 */
public record OperationRow(
    long id,
    long operatorId,
    long stationId,
    OperationKind kind,
    String action,
    @Nullable Integer requestId,
    OperationState state,
    @Nullable String status,
    String location,
    String payload,
    String detail,
    @Nullable Long fileId,
    @Nullable Long firmwareId,
    @Nullable String targetVersion,
    @Nullable String versionBefore,
    @Nullable String versionAfter,
    @Nullable Instant confirmedAt,
    Instant createdAt,
    Instant changedAt,
    List<EventRow> events) {

  /**
   * A line of a timeline.
   *
   * @param status of the station, or ours: sent, answered, file_received, booted
   */
  public record EventRow(
      long id, @Nullable Integer requestId, String status, String detail, Instant at) {}

  public OperationRow {
    events = List.copyOf(events);
  }

  /** The same with its timeline. */
  public OperationRow with(List<EventRow> timeline) {
    return new OperationRow(
        id,
        operatorId,
        stationId,
        kind,
        action,
        requestId,
        state,
        status,
        location,
        payload,
        detail,
        fileId,
        firmwareId,
        targetVersion,
        versionBefore,
        versionAfter,
        confirmedAt,
        createdAt,
        changedAt,
        timeline);
  }

  /** Whether the boot after the update showed the version that was wanted. */
  public boolean isConfirmed() {
    return targetVersion != null && targetVersion.equals(versionAfter);
  }

  /** Whether the station says that it is installed, and yet booted with another version. */
  public boolean isMismatch() {
    return state == OperationState.DONE
        && targetVersion != null
        && versionAfter != null
        && !targetVersion.equals(versionAfter);
  }

  /** Whether it can be tried again: it has ended badly or without a word. */
  public boolean mayRetry() {
    return kind == OperationKind.FIRMWARE
        && (switch (state) {
          case FAILED, REJECTED, UNANSWERED, CANCELED -> true;
          case DONE -> isMismatch();
          case SENT, RUNNING, NOTHING -> false;
        });
  }
}
