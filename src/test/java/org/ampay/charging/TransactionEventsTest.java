package org.ampay.charging;

import static org.ampay.charging.Commands.at;
import static org.ampay.charging.Commands.event;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.ampay.access.AuthorizationStatus;
import org.ampay.base.Money;
import org.ampay.charging.SessionCommand.EventType;
import org.ampay.conformance.Proves;
import org.ampay.station.EvseRef;
import org.ampay.station.Protocol;
import org.ampay.station.StationInfo;
import org.junit.jupiter.api.Test;

/** Whole ways of TransactionEvents of OCPP 2.0.1 through the core. */
class TransactionEventsTest extends CoreCase {

  @Test
  @Proves("I03.FR.02")
  void transaction201_isPriced_withTotalInTheAnswer() {
    assertThat(
            answered(event(EventType.STARTED, "T", 0, 0).token("TAG1").state("Charging").wh(0))
                .authorization())
        .hasValueSatisfying(verdict -> assertThat(verdict.accepted()).isTrue());
    later(3600);
    assertThat(answered(event(EventType.UPDATED, "T", 1, 1800).state("Charging").wh(5000)))
        .isEqualTo(new SessionReply.EventAnswered(Optional.empty(), Optional.empty()));
    world.restart();
    SessionReply.EventAnswered ended =
        answered(event(EventType.ENDED, "T", 2, 3600).token("TAG1").wh(10_000));
    assertThat(ended.totalCost()).contains(new Money("CNY", 1050));
    assertThat(ended.authorization()).isPresent();
    assertThat(only().state()).isEqualTo("finished");
    assertThat(world.bills()).hasSize(1);
    assertThat(answered(event(EventType.ENDED, "T", 2, 3600).token("TAG1").wh(10_000)).totalCost())
        .contains(new Money("CNY", 1050));
  }

  @Test
  void cableFirst_holdsWhenTheTokenComes() {
    answered(event(EventType.STARTED, "T", 0, 0).state("EVConnected"));
    assertThat(world.guard().holds()).isZero();
    later(1000);
    answered(event(EventType.UPDATED, "T", 1, 30).token("TAG1").state("Charging").wh(100));
    assertThat(world.guard().holds()).isOne();
    SessionReply.EventAnswered ended = answered(event(EventType.ENDED, "T", 2, 630).wh(5100));
    assertThat(ended.totalCost()).contains(new Money("CNY", 550));
  }

  @Test
  @Proves("E01.FR.11")
  void tokenRefused_thenAnother_isOneSession() {
    assertThat(
            answered(event(EventType.STARTED, "T", 0, 0).token("BAD"))
                .authorization()
                .orElseThrow()
                .status())
        .isEqualTo(AuthorizationStatus.BLOCKED);
    assertThat(only().state()).isEqualTo("rejected");
    world.restart();
    later(1000);
    answered(event(EventType.UPDATED, "T", 1, 30).token("TAG1").state("Charging").wh(0));
    answered(event(EventType.ENDED, "T", 2, 630).wh(5000));
    assertThat(only().state()).isEqualTo("finished");
  }

  @Test
  void refusedTransaction_withoutEnergy_costsZero() {
    answered(event(EventType.STARTED, "T", 0, 0).token("BAD"));
    assertThat(answered(event(EventType.ENDED, "T", 1, 5)).totalCost()).contains(Money.zero("CNY"));
    assertThat(only().state()).isEqualTo("rejected");
  }

  @Test
  void startAfterUpdate_fillsIn() {
    later(600);
    answered(event(EventType.UPDATED, "T", 1, 600).state("Charging").wh(1000));
    assertThat(only().remarks()).isEqualTo(Session.START_MISSING);
    answered(event(EventType.STARTED, "T", 0, 0).token("TAG1").state("Charging").wh(0));
    later(1200);
    assertThat(answered(event(EventType.ENDED, "T", 2, 1200).wh(2000)).totalCost())
        .contains(new Money("CNY", 250));
    assertThat(only().startedAt()).isEqualTo(at(0));
    assertThat(only().energyMwh()).isEqualTo(2_000_000);
  }

  @Test
  void endBeforeStart_isForReview_andTheStartStillFillsIn() {
    later(1200);
    assertThat(answered(event(EventType.ENDED, "T", 2, 1200).wh(2000)).totalCost()).isEmpty();
    answered(event(EventType.STARTED, "T", 0, 0).token("TAG1").wh(0));
    CoreWorld.Row row = only();
    assertThat(row.startedAt()).isEqualTo(at(0));
    assertThat(row.state()).isEqualTo("review");
    assertThat(row.energyMwh()).isEqualTo(2_000_000);
    assertThat(row.remarks()).contains("its start came after its end");
    assertThat(row.token()).isEqualTo("TAG1");
    assertThat(world.bills()).isEmpty();
  }

  @Test
  void startRepeatedWithAnotherNumber_afterTheEnd_makesNoSecondSession() {
    answered(event(EventType.STARTED, "T", 0, 0).token("TAG1").wh(0));
    later(600);
    answered(event(EventType.ENDED, "T", 1, 600).wh(1000));
    world.restart();
    answered(event(EventType.STARTED, "T", 5, 1).token("TAG1").wh(0));
    assertThat(only().state()).isEqualTo("finished");
    assertThat(world.bills()).hasSize(1);
  }

  @Test
  @Proves("C02.FR.02")
  void noAuthorization_isAccepted_evenWithoutTariff() {
    StationInfo station = CoreWorld.station(CoreWorld.NO_TARIFF_STATION);
    later(600);
    SessionReply started =
        send(
            station,
            Protocol.OCPP_201,
            event(EventType.STARTED, "T", 0, 0).token("", "NoAuthorization").wh(0).build());
    assertThat(((SessionReply.EventAnswered) started).authorization().orElseThrow().accepted())
        .isTrue();
    send(station, Protocol.OCPP_201, event(EventType.ENDED, "T", 1, 600).wh(1000).build());
    assertThat(only().state()).isEqualTo("review");
    assertThat(only().remarks()).isEqualTo("there was no tariff");
  }

  @Test
  void chargingWithoutAnyRegister_isForReview() {
    answered(event(EventType.STARTED, "T", 0, 0).token("TAG1").state("Charging"));
    world.restart();
    later(600);
    answered(event(EventType.ENDED, "T", 1, 600));
    assertThat(only().remarks()).isEqualTo("no energy register was reported");
  }

  @Test
  void neverCharged_withoutRegister_isFinished() {
    answered(event(EventType.STARTED, "T", 0, 0).token("TAG1"));
    later(600);
    assertThat(answered(event(EventType.ENDED, "T", 1, 600)).totalCost())
        .contains(new Money("CNY", 50));
    assertThat(only().energyMwh()).isZero();
  }

  /** A tariff by the hour shows when the price begins. */
  @Test
  void timeBeforeTheToken_isNobodys_alsoAfterARestart() {
    StationInfo station = CoreWorld.station(CoreWorld.HOURLY_STATION);
    for (String transaction : new String[] {"A", "B"}) {
      later(0);
      send(station, event(EventType.STARTED, transaction, 0, 0).state("EVConnected").wh(0));
      later(1801);
      send(station, event(EventType.UPDATED, transaction, 1, 1800).token("TAG1").wh(0));
      if (transaction.equals("B")) {
        world.restart();
      }
      later(5401);
      SessionReply.EventAnswered ended =
          send(station, event(EventType.ENDED, transaction, 2, 5400).wh(1_000));
      assertThat(ended.totalCost()).as(transaction).contains(new Money("CNY", 400));
    }
    assertThat(world.rows()).allMatch(row -> row.startedAt().equals(at(0)));
  }

  @Test
  void sessionBeforeItsConnectorIsKnown_findsItLater() {
    answered(event(EventType.STARTED, "T", 0, 0).nowhere());
    answered(event(EventType.UPDATED, "T", 1, 10).place(1, 0).token("TAG1"));
    answered(event(EventType.UPDATED, "T", 2, 20).place(1, 2).wh(0));
    assertThat(world.memory().rows().getFirst().evse()).isEqualTo(new EvseRef(1, 2));
  }

  @Test
  void stationThatShowsCosts_hearsThePriceWithTheToken_andTheCostInEachAnswer() {
    world.showsCosts(STATION);
    answered(event(EventType.STARTED, "T", 0, 0).state("EVConnected").wh(0));
    later(3700);
    SessionReply.EventAnswered shown = answered(event(EventType.UPDATED, "T", 1, 30).token("TAG1"));
    assertThat(shown.price())
        .hasValueSatisfying(price -> assertThat(price.text()).contains("1.00"));
    assertThat(shown.totalCost()).contains(new Money("CNY", 50));
    SessionReply.EventAnswered again = answered(event(EventType.UPDATED, "T", 1, 30).token("TAG1"));
    assertThat(again.price()).isEqualTo(shown.price());
    assertThat(again.totalCost()).isEqualTo(shown.totalCost());
    SessionReply.EventAnswered running = answered(event(EventType.UPDATED, "T", 2, 1800).wh(5_000));
    assertThat(running.totalCost()).contains(new Money("CNY", 550));
    assertThat(running.price()).isEmpty();
    assertThat(answered(event(EventType.ENDED, "T", 3, 1800).wh(5_000)).totalCost())
        .contains(new Money("CNY", 550));
  }

  @Test
  void words_ofEachEvent_areKept() {
    answered(event(EventType.STARTED, "T", 0, 0).trigger("CablePluggedIn").state("EVConnected"));
    answered(event(EventType.ENDED, "T", 1, 5).trigger("EVDeparted").offline());
    assertThat(world.memory().facts())
        .extracting(fact -> fact.event().seqNo() + " " + fact.event().words())
        .containsExactly("0 STARTED CablePluggedIn EVConnected", "1 ENDED EVDeparted offline");
  }

  private SessionReply.EventAnswered send(StationInfo station, Commands.EventBuilder event) {
    return (SessionReply.EventAnswered) send(station, Protocol.OCPP_201, event.build());
  }
}
