package org.ampay.station.reports;

import static org.ampay.station.reports.OperationState.CANCELED;
import static org.ampay.station.reports.OperationState.DONE;
import static org.ampay.station.reports.OperationState.FAILED;
import static org.ampay.station.reports.OperationState.RUNNING;
import static org.ampay.station.reports.OperationState.UNANSWERED;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OperationKindTest {

  @Test
  void lastWordOfTheStation_counts_alsoAfterAFailure() {
    assertThat(OperationKind.FIRMWARE.after(UNANSWERED, "Downloading")).isEqualTo(RUNNING);
    assertThat(OperationKind.FIRMWARE.after(RUNNING, "DownloadFailed")).isEqualTo(FAILED);
    assertThat(OperationKind.FIRMWARE.after(FAILED, "Downloading")).isEqualTo(RUNNING);
    assertThat(OperationKind.FIRMWARE.after(RUNNING, "Installed")).isEqualTo(DONE);
  }

  @Test
  void idle_saysNothingOfThePast() {
    assertThat(OperationKind.FIRMWARE.after(DONE, "Idle")).isEqualTo(DONE);
    assertThat(OperationKind.LOG.after(FAILED, "Idle")).isEqualTo(FAILED);
  }

  @Test
  void canceled_staysCanceled() {
    assertThat(OperationKind.LOG.after(RUNNING, "AcceptedCanceled")).isEqualTo(CANCELED);
    assertThat(OperationKind.LOG.after(CANCELED, "Uploaded")).isEqualTo(CANCELED);
  }

  @Test
  void sameWord_meansWhatItsKindSays() {
    assertThat(OperationKind.PUBLISH.after(RUNNING, "Downloaded")).isEqualTo(RUNNING);
    assertThat(OperationKind.PUBLISH.after(RUNNING, "Published")).isEqualTo(DONE);
    assertThat(OperationKind.LOG.after(RUNNING, "PermissionDenied")).isEqualTo(FAILED);
    assertThat(OperationKind.LOG.after(RUNNING, "UploadFailed")).isEqualTo(FAILED);
  }
}
