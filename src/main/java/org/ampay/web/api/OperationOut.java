package org.ampay.web.api;

import java.time.Instant;
import java.util.List;
import org.ampay.web.http.Field;
import org.jspecify.annotations.Nullable;

/** A firmware update, publication or log upload. */
record OperationOut(
    long id,
    String station,
    @Field("firmware, publish, unpublish, log, display") String kind,
    String action,
    @Nullable Integer requestId,
    @Field("sent, running, done, failed, canceled, rejected, unanswered, nothing") String state,
    @Field("the station's last word") @Nullable String status,
    @Field("without secrets") String location,
    String detail,
    @Nullable Long file,
    @Nullable Long firmware,
    @Nullable String targetVersion,
    @Nullable String versionBefore,
    @Field("what it reported at the boot that followed") @Nullable String versionAfter,
    @Nullable Instant confirmedAt,
    boolean mayRetry,
    Instant createdAt,
    Instant changedAt,
    @Field("its timeline, oldest first; empty in lists") List<EventOut> events) {

  /** A line of the timeline. */
  record EventOut(
      Instant at,
      @Field("the station's word, or sent, answered, file_received, booted") String status,
      String detail,
      @Nullable Integer requestId) {}
}
