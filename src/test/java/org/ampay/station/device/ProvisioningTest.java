package org.ampay.station.device;

import static org.ampay.station.Registration.ACCEPTED;
import static org.ampay.station.Registration.NONE;
import static org.ampay.station.Registration.PENDING;
import static org.ampay.station.Registration.REJECTED;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.ampay.station.BootReport;
import org.ampay.station.Protocol;
import org.ampay.station.Registration;
import org.ampay.station.device.Provisioning.Decision;
import org.ampay.store.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProvisioningTest {

  @RegisterExtension static final TestDatabase DB = new TestDatabase();

  private static final BootReport BOOT =
      new BootReport(Protocol.OCPP_16, "Vendor", "Model", "SN1", "1.0", null);

  @ParameterizedTest
  @CsvSource({
    // decision, expected serial, serial, before, for new ones, answer
    ",,SN1,NONE,ACCEPTED,ACCEPTED",
    ",,SN1,NONE,PENDING,PENDING",
    ",,SN1,NONE,REJECTED,REJECTED",
    ",,SN1,PENDING,ACCEPTED,ACCEPTED",
    ",,SN1,REJECTED,PENDING,PENDING",
    ",,SN1,ACCEPTED,REJECTED,ACCEPTED",
    "PENDING,,SN1,ACCEPTED,ACCEPTED,PENDING",
    "REJECTED,,SN1,ACCEPTED,ACCEPTED,REJECTED",
    "ACCEPTED,,SN1,NONE,REJECTED,ACCEPTED",
    ",SN1,SN1,NONE,REJECTED,ACCEPTED",
    ",SN1,SN2,NONE,ACCEPTED,PENDING",
    ",SN1,SN2,ACCEPTED,ACCEPTED,PENDING",
    ",SN1,,NONE,ACCEPTED,PENDING",
    "ACCEPTED,SN1,SN2,NONE,PENDING,ACCEPTED",
  })
  void theRule(
      Registration decision,
      String expected,
      String serial,
      Registration before,
      Registration forNewOnes,
      Registration answer) {
    Optional<Decision> decided =
        decision == null && expected == null
            ? Optional.empty()
            : Optional.of(new Decision(decision, expected, "test"));
    assertThat(Provisioning.decide(decided, serial, before, forNewOnes)).isEqualTo(answer);
  }

  @Test
  void decisionsAndRules_areSeenByOtherProcesses_andAfterARestart() {
    DeviceWorld world = new DeviceWorld(DB);
    Provisioning here = new Provisioning(DB.database(), world.time);
    Provisioning there = new Provisioning(DB.database(), world.time);
    assertThat(here.decide(world.station, BOOT, NONE)).isEqualTo(ACCEPTED);
    here.setRule(1, PENDING);
    assertThat(there.decide(world.station, BOOT, NONE)).isEqualTo(ACCEPTED);
    there.refresh();
    assertThat(there.decide(world.station, BOOT, NONE)).isEqualTo(PENDING);
    there.decide(world.station, REJECTED, "user:lin");
    here.refresh();
    assertThat(here.decide(world.station, BOOT, ACCEPTED)).isEqualTo(REJECTED);
    Provisioning restarted = new Provisioning(DB.database(), world.time);
    assertThat(restarted.decision(world.station.id()).orElseThrow())
        .isEqualTo(new Decision(REJECTED, null, "user:lin"));
    assertThat(restarted.rule(1)).isEqualTo(PENDING);
    assertThat(restarted.rule(2)).isEqualTo(ACCEPTED);
  }
}
