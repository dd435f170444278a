package org.ampay.station.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.ampay.audit.AuditLog;
import org.ampay.station.BootReport;
import org.ampay.station.ClientIdentity;
import org.ampay.station.KnockWatch.Knock;
import org.ampay.station.NewStation;
import org.ampay.station.Protocol;
import org.ampay.station.Registration;
import org.ampay.station.StationInfo;
import org.ampay.station.StationPasswordChanges;
import org.ampay.station.StationPasswords;
import org.ampay.station.StationSecurity;
import org.ampay.station.certs.ClientTrust;
import org.ampay.station.device.Onboarding.Imported;
import org.ampay.station.device.UnknownStations.Unknown;
import org.ampay.store.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class OnboardingTest {

  @RegisterExtension static final TestDatabase DB = new TestDatabase();

  private DeviceWorld world;
  private Provisioning provisioning;
  private UnknownStations unknown;
  private Onboarding onboarding;

  @BeforeEach
  void start() {
    world = new DeviceWorld(DB);
    provisioning = new Provisioning(DB.database(), world.time);
    unknown = new UnknownStations(DB.database(), world.time);
    onboarding = new Onboarding(world.inventory, provisioning, unknown);
  }

  private void knock(String identity, String remote) {
    unknown.knocked(new Knock(identity, remote, "ocpp1.6", true));
  }

  @Test
  void whoKnocks_isRememberedWithItsCountAndTimes() {
    knock("NEW-1", "10.0.0.1");
    unknown.flush();
    var first = world.time.now();
    world.time.advance(Duration.ofMinutes(5));
    unknown.knocked(new Knock("NEW-1", "10.0.0.2", "ocpp2.0.1, ocpp1.6", false));
    knock("NEW-1", "10.0.0.2");
    unknown.flush();
    assertThat(unknown.list(0, 10))
        .containsExactly(
            new Unknown("NEW-1", "10.0.0.2", "ocpp1.6", true, first, world.time.now(), 3));
    assertThat(unknown.count()).isEqualTo(1);
  }

  @Test
  void whoKnocksWithWhatCannotBeAnIdentity_isNotRemembered() {
    knock("a b", "10.0.0.1");
    knock("x".repeat(49), "10.0.0.1");
    knock("", "10.0.0.1");
    unknown.flush();
    assertThat(unknown.list(0, 10)).isEmpty();
  }

  @Test
  void oneAddress_cannotCrowdOutTheOthers() {
    for (int i = 0; i < 200; i++) {
      knock("FLOOD-" + i, "10.6.6.6");
    }
    knock("HONEST", "10.0.0.1");
    unknown.flush();
    assertThat(unknown.count()).isEqualTo(UnknownStations.MOST_OF_ONE_ADDRESS + 1);
    assertThat(unknown.list(0, 1_000)).extracting(Unknown::identity).contains("HONEST");
  }

  @Test
  void theTable_isBounded_andTheLongestSilentGoFirst() {
    for (int round = 0; round < 6; round++) {
      for (int i = 0; i < UnknownStations.MOST_WAITING; i++) {
        knock("R" + round + "-" + i, "10." + round + "." + i / 50 + ".1");
      }
      unknown.flush();
      world.time.advance(Duration.ofSeconds(1));
    }
    assertThat(unknown.count()).isEqualTo(UnknownStations.MOST_STORED);
    assertThat(unknown.list(0, 10_000)).noneMatch(u -> u.identity().startsWith("R0-"));
  }

  @Test
  void anAdoptedOne_isAStation_andWaitsNoMore() {
    knock("NEW-1", "10.0.0.1");
    unknown.flush();
    NewStation wanted =
        new NewStation(
            1, world.site.id(), "NEW-1", "New", 1, new EvseTemplate("GBT_DC", 2, 60_000).evses());
    StationInfo made =
        onboarding.adopt(wanted, Optional.of("password-1"), Registration.PENDING, "user:lin");
    assertThat(made.evses()).hasSize(2);
    assertThat(unknown.list(0, 10)).isEmpty();
    assertThat(opens("NEW-1", "password-1")).isTrue();
    assertThat(provisioning.decide(made, boot("any"), Registration.NONE))
        .isEqualTo(Registration.PENDING);
    assertThatThrownBy(() -> onboarding.adopt(wanted, Optional.empty(), null, "user:lin"))
        .hasMessageContaining("NEW-1");
  }

  private boolean opens(String identity, String password) {
    StationSecurity security =
        new StationSecurity(
            world.inventory,
            new StationPasswordChanges(
                world.inventory, new StationPasswords(new byte[32]), DB.database()),
            new ClientIdentity(ClientTrust.NONE, Set.of()),
            new StationSecurity.Surroundings(
                DB.database(),
                world.time,
                new AuditLog(DB.database(), world.time),
                Runnable::run,
                link -> {},
                (station, own) -> {}));
    return security.isPassword(world.inventory.byIdentity(identity).orElseThrow(), password);
  }

  private static BootReport boot(String serial) {
    return new BootReport(Protocol.OCPP_16, "Vendor", "Model", serial, "1.0", null);
  }

  private Imported imported(String csv) {
    return onboarding.importAll(1, csv, Optional.of(world.site), "user:lin");
  }

  @Test
  void aList_makesStationsThatConnectAtOnce() {
    Imported imported =
        imported(
            """
            \uFEFFid,serial,site,name,connector_type,evses,max_power_kw,password,admission
            A-1,SN-1,S1,"First, ""left\""",GBT_DC,2,120.5,password-1,\r
            ,SN-2,,,,,,,

            A-3,,,,,,,,pending
            """);
    assertThat(imported.errors()).isEmpty();
    assertThat(imported.made())
        .extracting(StationInfo::identity)
        .containsExactly("A-1", "SN-2", "A-3");
    StationInfo first = imported.made().getFirst();
    assertThat(first.evses()).hasSize(2);
    assertThat(first.evses().getFirst().maxPowerW()).isEqualTo(120_500);
    assertThat(opens("A-1", "password-1")).isTrue();
    assertThat(opens("A-1", "password-2")).isFalse();
    assertThat(provisioning.decide(first, boot("SN-1"), Registration.NONE))
        .isEqualTo(Registration.ACCEPTED);
    assertThat(provisioning.decide(first, boot("SN-9"), Registration.NONE))
        .isEqualTo(Registration.PENDING);
    assertThat(provisioning.decide(imported.made().getLast(), boot("x"), Registration.NONE))
        .isEqualTo(Registration.PENDING);
    assertThat(DB.dsl().fetchValue("SELECT name FROM station WHERE identity = 'A-1'"))
        .isEqualTo("First, \"left\"");
  }

  @Test
  void aListWithMistakes_makesNothingAndNamesEachLine() {
    Imported imported =
        imported(
            """
            id,site,evses,password,admission
            CP-1,,,,
            A-1,nowhere,,,
            A-2,,41,,
            A-3,,x,,
            A-4,,,short,
            A-5,,,,maybe
            a b,,,,
            A-6,,,,
            A-6,,,,
            A-7,,,,,,
            """);
    assertThat(imported.made()).isEmpty();
    assertThat(imported.errors().stream().map(e -> e.line() + " " + e.field()).sorted())
        .containsExactlyInAnyOrder(
            "2 id",
            "3 site",
            "4 evses",
            "5 evses",
            "6 password",
            "7 admission",
            "8 id",
            "10 id",
            "11 ");
    assertThat(world.inventory.byIdentity("A-6")).isEmpty();
  }

  @Test
  void whatIsNoList_isToldAsSuch() {
    assertThat(errors("")).containsExactly("1 ");
    assertThat(errors("id\n")).containsExactly("1 ");
    assertThat(errors("id,colour\nA,red\n")).containsExactly("1 colour");
    assertThat(errors("name\nA\n")).containsExactly("1 id");
    assertThat(errors("id,id\nA,B\n")).contains("1 id");
    assertThat(errors("id\n\"A\n")).containsExactly("2 ");
    String tooMany =
        IntStream.rangeClosed(0, StationImport.MOST_LINES)
            .mapToObj(i -> "X" + i)
            .collect(Collectors.joining("\n", "id\n", "\n"));
    assertThat(errors(tooMany)).containsExactly("1 ");
  }

  private List<String> errors(String csv) {
    return imported(csv).errors().stream().map(e -> e.line() + " " + e.field()).toList();
  }
}
