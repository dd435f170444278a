package org.ampay.station.reports;

import java.util.Locale;
import java.util.Set;

/** A command whose work goes on after its answer, and the words by which a station tells of it. */
public enum OperationKind {
  FIRMWARE(
      Set.of("Installed"),
      Set.of(
          "DownloadFailed", "InstallationFailed", "InstallVerificationFailed", "InvalidSignature")),
  PUBLISH(Set.of("Published"), Set.of("DownloadFailed", "InvalidChecksum", "PublishFailed")),
  UNPUBLISH(Set.of("Unpublished"), Set.of("NoFirmware", "DownloadOngoing")),
  LOG(
      Set.of("Uploaded"),
      Set.of(
          "UploadFailed",
          "UploadFailure",
          "BadMessage",
          "NotSupportedOperation",
          "PermissionDenied")),
  DISPLAY(Set.of("Complete"), Set.of());

  private static final String IDLE = "Idle";
  private static final String CANCELED = "AcceptedCanceled";

  private final Set<String> good;
  private final Set<String> bad;

  OperationKind(Set<String> good, Set<String> bad) {
    this.good = good;
    this.bad = bad;
  }

  /** As stored and shown. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The kind of a stored word. */
  public static OperationKind of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }

  /**
   * What a status makes of an operation. The station's last word counts, also after a failure: it
   * may try again by itself. What was canceled stays so, and Idle says nothing of the past.
   */
  public OperationState after(OperationState before, String status) {
    if (before == OperationState.CANCELED || status.equals(IDLE)) {
      return before;
    }
    if (status.equals(CANCELED)) {
      return OperationState.CANCELED;
    }
    if (good.contains(status)) {
      return OperationState.DONE;
    }
    return bad.contains(status) ? OperationState.FAILED : OperationState.RUNNING;
  }
}
