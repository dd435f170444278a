package org.ampay.station;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.ampay.base.CountingIds;
import org.ampay.base.TestTime;
import org.ampay.station.Inventory.InventoryException;
import org.ampay.station.Inventory.StationPatch;
import org.ampay.store.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class InventoryTest {

  @RegisterExtension static final TestDatabase DB = new TestDatabase();

  private final CountingIds ids = new CountingIds(100);
  private Inventory inventory;
  private Site site;

  @BeforeEach
  void start() {
    DB.clear();
    inventory = open();
    site = inventory.createSite(site("S1"));
  }

  @Test
  void aStation_isFoundByIdentityWithWhatDecisionsNeed() {
    StationInfo made = inventory.createStation(station("CP-1", 0), Optional.empty());
    assertThat(inventory.byIdentity("CP-1")).contains(made);
    assertThat(made.currency()).isEqualTo("CNY");
    assertThat(made.zone()).isEqualTo(ZoneId.of("Asia/Shanghai"));
    assertThat(made.evse(1).orElseThrow().maxPowerW()).isEqualTo(120_000);
    assertThat(inventory.byIdentity("cp-1")).isEmpty();
  }

  @Test
  void whatAnotherProcessWrote_isSeenAfterARefresh() {
    Inventory other = open();
    inventory.createStation(station("CP-2", 0), Optional.empty());
    assertThat(other.byIdentity("CP-2")).isEmpty();
    other.refresh();
    assertThat(other.byIdentity("CP-2")).isPresent();
  }

  @Test
  void aNewPassword_raisesTheProfile() {
    StationInfo station = inventory.createStation(station("CP-4", 0), Optional.empty());
    inventory.setPassword(station.id(), "a-new-password-123");
    assertThat(inventory.securityProfile(station.id())).contains(1);
  }

  @Test
  void theSecurityProfile_isNeverLowered() {
    StationInfo station =
        inventory.createStation(station("CP-5", 1), Optional.of("0123456789abcdef"));
    StationPatch lower = new StationPatch(Optional.empty(), Optional.empty(), Optional.of(0));
    assertThatThrownBy(() -> inventory.updateStation(1, station.id(), lower))
        .isInstanceOf(InventoryException.class)
        .hasMessageContaining("security_profile");
  }

  @Test
  void anIdentityIsUnique_andAnotherTenantsStationIsUntouchable() {
    StationInfo station = inventory.createStation(station("CP-6", 0), Optional.empty());
    assertThatThrownBy(() -> inventory.createStation(station("CP-6", 0), Optional.empty()))
        .isInstanceOf(InventoryException.class)
        .hasMessageStartingWith("id:");
    assertThat(inventory.deleteStation(2, station.id())).isFalse();
    assertThat(inventory.byIdentity("CP-6")).isPresent();
    assertThat(inventory.deleteStation(1, station.id())).isTrue();
    assertThat(inventory.byIdentity("CP-6")).isEmpty();
  }

  @Test
  void odd_identities_areRefused() {
    for (String odd : List.of("", "a/b", "a:b", "a b", "x".repeat(49))) {
      assertThatThrownBy(() -> station(odd, 0))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("id:");
    }
  }

  private Inventory open() {
    return new Inventory(DB.database(), ids, TestTime.monday(), new StationPasswords(new byte[32]));
  }

  private NewStation station(String identity, int profile) {
    return new NewStation(
        1,
        site.id(),
        identity,
        identity,
        profile,
        List.of(
            new NewStation.NewEvse(
                1, true, 3, 120_000, List.of(new NewStation.NewConnector(1, "GBT_DC")))));
  }

  private static Site site(String code) {
    return new Site(
        0,
        1,
        code,
        "人民广场",
        new Site.Address("人民大道 1", "上海", "200003", "CHN", null, null),
        ZoneId.of("Asia/Shanghai"),
        true);
  }
}
