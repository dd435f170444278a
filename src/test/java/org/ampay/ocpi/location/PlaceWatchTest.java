package org.ampay.ocpi.location;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.ampay.station.Site;
import org.ampay.station.StationInfo;
import org.junit.jupiter.api.Test;

/** No note of a station is lost, and nobody waits for the reading of everything. */
class PlaceWatchTest extends PlaceScene {

  private static final Duration A_WHILE = Duration.ofSeconds(40);

  private EvseStatus first(Site site) {
    return book.bySite(site.id()).orElseThrow().evses().getFirst().status();
  }

  private static void fail(PlaceTariffs.Spot spot) {
    throw new IllegalStateException("no price for " + spot);
  }

  @Test
  void aNoteThatCouldNotBeTakenIn_isTakenInWithTheNextTick() {
    Site site = site("BER-1");
    List<StationInfo> stations = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      stations.add(station(site.id(), "CP" + i, ac(1)));
    }
    watch.tick();
    stations.forEach(station -> status(station, 1, "Charging"));
    asked = PlaceWatchTest::fail;
    assertThatIllegalStateException().isThrownBy(watch::tick);
    asked = spot -> {};
    watch.tick();
    assertThat(book.bySite(site.id()).orElseThrow().evses())
        .hasSize(20)
        .allMatch(evse -> evse.status() == EvseStatus.CHARGING);
  }

  @Test
  void aStationThatCannotBeRead_keepsNoOtherWaiting_andIsTriedAgain() {
    Site site = site("BER-1");
    StationInfo bad = station(site.id(), "CP1", ac(1));
    Site other = site("BER-2");
    StationInfo good = station(other.id(), "CP2", ac(1));
    watch.tick();
    asked =
        spot -> {
          if (spot.stationId() == bad.id()) {
            fail(spot);
          }
        };
    status(bad, 1, "Charging");
    status(good, 1, "Charging");
    for (int i = 0; i < 3; i++) {
      try {
        watch.tick();
      } catch (IllegalStateException e) {
        assertThat(e).hasMessageContaining("no price");
      }
    }
    assertThat(first(other)).isEqualTo(EvseStatus.CHARGING);
    assertThat(first(site)).isNotEqualTo(EvseStatus.CHARGING);
    asked = spot -> {};
    time.advance(Duration.ofSeconds(11));
    watch.tick();
    assertThat(first(site)).isEqualTo(EvseStatus.CHARGING);
  }

  @Test
  void aSiteThatCannotBeRead_spoilsNoOther() {
    Site bad = site("BER-1");
    station(bad.id(), "CP1", ac(1));
    Site good = site("BER-2");
    station(good.id(), "CP2", ac(1));
    asked =
        spot -> {
          if (spot.siteId() == bad.id()) {
            fail(spot);
          }
        };
    watch.tick();
    assertThat(book.bySite(bad.id())).isEmpty();
    assertThat(book.bySite(good.id())).isPresent();
    asked = spot -> {};
    time.advance(A_WHILE);
    watch.tick();
    assertThat(book.bySite(bad.id())).isPresent();
  }

  @Test
  void aStatusThatComesWhileAllIsRead_doesNotWaitForWhatFollows() {
    Site site = site("BER-1");
    StationInfo station = station(site.id(), "CP1", ac(1));
    List<EvseStatus> before = new ArrayList<>();
    watch = new PlaceWatch(book, () -> before.add(first(site)), live, time);
    asked =
        spot -> {
          asked = again -> {};
          status(station, 1, "Charging");
        };
    watch.tick();
    assertThat(before).containsExactly(EvseStatus.CHARGING);
  }

  @Test
  void whatNobodySaid_isSeenAfterAWhile() {
    Site site = site("BER-1");
    StationInfo station = station(site.id(), "CP1", ac(1));
    watch.tick();
    silently(station, 1, "Charging");
    time.advance(A_WHILE);
    watch.tick();
    assertThat(first(site)).isEqualTo(EvseStatus.CHARGING);
  }
}
