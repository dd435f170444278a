package org.ampay.charging;

import static org.ampay.charging.Commands.event;
import static org.ampay.charging.Commands.readings;
import static org.ampay.charging.Commands.register;
import static org.ampay.charging.Commands.start;
import static org.ampay.charging.Commands.status;
import static org.ampay.charging.Commands.stop;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ampay.access.Authorization;
import org.ampay.access.AuthorizationStatus;
import org.ampay.base.CountingIds;
import org.ampay.base.Money;
import org.ampay.charging.SessionCommand.EventType;
import org.ampay.charging.SessionStore.QuarantinedFrame;
import org.ampay.charging.SessionStore.TransactionRef;
import org.ampay.station.Protocol;
import org.ampay.station.StationInfo;
import org.ampay.store.JobStore;
import org.ampay.store.Transactor;
import org.ampay.tariff.SessionFacts;
import org.junit.jupiter.api.Test;

/** What every store of sessions does; the decisions are real ones. */
abstract class SessionStoreContract {

  private static final Instant NOW = Commands.at(10_000);

  private final Numbers numbers =
      new Numbers(new CountingIds(), new CountingIds(), new CountingIds(), new CountingIds());
  private final StationInfo station = CoreWorld.station(1);
  private StationState state = StationState.EMPTY;

  abstract SessionStore store();

  abstract Transactor transactor();

  abstract JobStore jobs();

  abstract void know(StationInfo station);

  private Decision decide(SessionCommand command, Protocol protocol) {
    Authorization accepted =
        new Authorization(AuthorizationStatus.ACCEPTED, "G", null, 3L, 7L, null, 1);
    Admission admission =
        new Admission.Granted(accepted, 55, new Session.Frozen(77, CoreWorld.TARIFF));
    return Decider.decide(
        state,
        command,
        new Context(
            station,
            protocol,
            NOW,
            numbers,
            admission,
            Optional.empty(),
            100,
            id -> Display.NONE,
            new RunningCosts()));
  }

  private Decision decide(SessionCommand command) {
    return decide(command, Protocol.OCPP_16);
  }

  private List<Outcome> write(Decision... decisions) {
    return transactor().call(tx -> store().write(tx, List.of(decisions)));
  }

  /** Decides, writes and goes on from there. */
  private Decision done(SessionCommand command) {
    Decision decision = decide(command);
    assertThat(write(decision)).containsExactly(new Outcome.Stored());
    state = decision.state();
    return decision;
  }

  private Optional<StoredSession> find(String transactionId) {
    TransactionRef ref = new TransactionRef(station.id(), transactionId);
    return transactor()
        .call(tx -> Optional.ofNullable(store().transactions(tx, List.of(ref)).get(ref)));
  }

  private List<StoredSession> active() {
    return transactor().call(tx -> store().active(tx, List.of(station.id(), 999L)));
  }

  @Test
  void startedSession_isActive_withAllItsColumns() {
    Decision decision = done(start("TAG1", 0, 1000));
    Session session = decision.state().sessions().getFirst();
    assertThat(active()).hasSize(1);
    SessionRow row = active().getFirst().row();
    assertThat(row).usingRecursiveComparison().isEqualTo(SessionRow.of(session));
    assertThat(find("1")).isPresent();
    assertThat(find("2")).isEmpty();
  }

  @Test
  void history_isGoneThroughAgain() {
    done(start("TAG1", 0, 1000));
    done(status("SuspendedEV", 500));
    done(readings(1, register(600, 4000)));
    done(status("Charging", 700));
    done(readings(1, register(900, 5000), register(1200, 7000)));
    Session before = state.sessions().getFirst();
    Session after =
        active().getFirst().restored(new Session.Frozen(77, CoreWorld.TARIFF), 60_000, 100);
    assertThat(after.meter()).isEqualTo(before.meter());
    assertThat(after.facts().finish(Commands.at(1300)))
        .isEqualTo(before.facts().finish(Commands.at(1300)));
    assertThat(after.facts().state()).isEqualTo(before.facts().state());
  }

  @Test
  void finishedSession_isBillable_withItsJob() {
    know(station);
    done(start("TAG1", 0, 1000));
    done(stop(1, 3600, 21_000));
    assertThat(active()).isEmpty();
    assertThat(transactor().<Boolean>call(tx -> jobs().exists(tx, SessionJobs.BILL, 1))).isTrue();
    List<BillableSession> billable =
        transactor().call(tx -> store().billable(tx, List.of(1L, 999L)));
    assertThat(billable).hasSize(1);
    BillableSession session = billable.getFirst();
    assertThat(session.total()).isEqualTo(new Money("CNY", 2050));
    assertThat(session.stationIdentity()).isEqualTo("CP1");
    assertThat(session.holdId()).isEqualTo(55);
    assertThat(session.snapshotId()).isEqualTo(77);
    assertThat(session.startedAt()).isEqualTo(Commands.at(0));
    assertThat(session.stoppedAt()).isEqualTo(Commands.at(3600));
    assertThat(session.energy().milliWh()).isEqualTo(20_000_000);
    assertThat(SessionFacts.parse(session.priceFacts()).segments()).hasSize(1);
  }

  @Test
  void repeatedFact_isADuplicate_withItsAnswer() {
    Decision decision = done(start("TAG1", 0, 1000));
    state = StationState.EMPTY;
    List<Outcome> again = write(decide(start("TAG1", 0, 1000)));
    assertThat(again)
        .containsExactly(new Outcome.Duplicate(Answers.write(decision.reply()), false));
    assertThat(active()).hasSize(1);
  }

  @Test
  void repeatAmongOthers_doesNotHoldThemBack() {
    done(start("TAG1", 0, 1000));
    StationState running = state;
    state = StationState.EMPTY;
    Decision repeat = decide(start("TAG1", 0, 1000));
    Decision fresh = decide(start("TAG2", 5, 1000));
    state = running;
    Decision reading = decide(readings(1, register(10, 1100)));
    assertThat(write(reading, repeat, fresh))
        .satisfiesExactly(
            outcome -> assertThat(outcome).isInstanceOf(Outcome.Stored.class),
            outcome -> assertThat(outcome).isInstanceOf(Outcome.Duplicate.class),
            outcome -> assertThat(outcome).isInstanceOf(Outcome.Stored.class));
    assertThat(active()).hasSize(2);
    assertThat(active().getFirst().history()).hasSize(1);
  }

  @Test
  void repeatedReadings_areKeptOnce() {
    done(start("TAG1", 0, 1000));
    done(readings(1, register(10, 1010), register(20, 1020)));
    Decision mixed =
        decide(readings(1, register(20, 1020), register(30, 1030), register(30, 1030)));
    assertThat(write(mixed)).containsExactly(new Outcome.Stored());
    assertThat(write(decide(readings(1, register(10, 1010)))))
        .containsExactly(new Outcome.Duplicate(null, false));
    assertThat(active().getFirst().history()).hasSize(3);
  }

  @Test
  void transactionThatExists_isTold() {
    Decision first =
        decide(event(EventType.STARTED, "T", 0, 0).token("TAG1").wh(0).build(), Protocol.OCPP_201);
    assertThat(write(first)).containsExactly(new Outcome.Stored());
    Decision second = decide(event(EventType.STARTED, "T", 7, 3).wh(0).build(), Protocol.OCPP_201);
    assertThat(write(second)).containsExactly(new Outcome.SessionExists());
    assertThat(active()).hasSize(1);
    assertThat(active().getFirst().history()).hasSize(1);
  }

  @Test
  void writtenDecision_isFoundAfterALostAnswer() {
    Decision start = decide(start("TAG1", 0, 1000));
    assertThat(transactor().<Optional<Outcome>>call(tx -> store().written(tx, start))).isEmpty();
    write(start);
    assertThat(transactor().<Optional<Outcome>>call(tx -> store().written(tx, start)))
        .contains(new Outcome.Duplicate(Answers.write(start.reply()), true));
  }

  @Test
  void strays_areFound_butAKnownStartIsBetter() {
    done(stop(41, 100, 5));
    done(stop(41, 200, 6));
    SessionRow stray = find("41").orElseThrow().row();
    assertThat(stray.state()).isEqualTo(SessionState.ORPHAN);
    assertThat(stray.stoppedAt()).isEqualTo(Commands.at(200));
  }

  @Test
  void chineseAndControlCharacters_arriveUnaltered() {
    String text = "{\"a\":\"充电 <b>\\u0000\\n🚗\"}";
    done(start("充电'\"\\", 0, 1000));
    MeterReading odd = new MeterReading(Commands.at(5), "Other", null, 1L, 2L, 3L, 4, text);
    done(new SessionCommand.Readings(Commands.PLACE, Optional.of("1"), List.of(odd), null));
    assertThat(active().getFirst().row().token().uid()).isEqualTo("充电'\"\\");
    assertThat(active().getFirst().history()).hasSize(1);
  }

  @Test
  void manyStations_loadAtOnce() {
    List<Decision> decisions = new ArrayList<>();
    List<Long> ids = new ArrayList<>();
    for (long id = 1000; id < 1600; id++) {
      ids.add(id);
      Context context =
          new Context(
              CoreWorld.station(id),
              Protocol.OCPP_16,
              NOW,
              numbers,
              new Admission.Refused(Authorization.of(AuthorizationStatus.ACCEPTED), null),
              Optional.empty(),
              100,
              station -> Display.NONE,
              new RunningCosts());
      Decision unknown = Decider.decide(StationState.EMPTY, stop(id, 5, 5), context);
      decisions.add(unknown);
    }
    write(decisions.toArray(Decision[]::new));
    List<TransactionRef> refs =
        ids.stream().map(id -> new TransactionRef(id, String.valueOf(id))).toList();
    assertThat(transactor().<Map<?, ?>>call(tx -> store().transactions(tx, refs))).hasSize(600);
    assertThat(transactor().<List<?>>call(tx -> store().active(tx, ids))).isEmpty();
  }

  @Test
  void settlementState_andQuarantine_areKept() {
    done(start("TAG1", 0, 1000));
    transactor().run(tx -> store().settlementState(tx, Map.of(1L, "settled")));
    transactor()
        .run(
            tx ->
                store()
                    .quarantine(tx, new QuarantinedFrame(1, 1, NOW, "1.6", "[2,\"充\"]", "reason")));
    assertThat(settlement(1)).isEqualTo("settled");
    done(readings(1, register(10, 1010)));
    assertThat(settlement(1)).isEqualTo("settled");
  }

  abstract String settlement(long sessionId);

  @Test
  void rolledBackGroup_leavesNothing() {
    Decision decision = decide(start("TAG1", 0, 1000));
    assertThat(
            catchThrowable(
                () ->
                    transactor()
                        .run(
                            tx -> {
                              store().write(tx, List.of(decision));
                              throw new IllegalStateException("on purpose");
                            })))
        .isInstanceOf(IllegalStateException.class);
    assertThat(active()).isEmpty();
    assertThat(write(decision)).containsExactly(new Outcome.Stored());
  }
}
