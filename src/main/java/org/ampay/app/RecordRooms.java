package org.ampay.app;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.ampay.base.TimeSource;
import org.ampay.billing.BillStore;
import org.ampay.billing.BillableSessions;
import org.ampay.charging.SessionPeeks;
import org.ampay.ocpi.OcpiVersion;
import org.ampay.ocpi.Partners;
import org.ampay.ocpi.RoamingSessions;
import org.ampay.ocpi.cdr.CdrMaker;
import org.ampay.ocpi.cdr.CdrPublisher;
import org.ampay.ocpi.cdr.CdrPushSource;
import org.ampay.ocpi.cdr.CdrStore;
import org.ampay.ocpi.cdr.CdrTariffs;
import org.ampay.ocpi.cdr.CdrsModule;
import org.ampay.ocpi.cdr.HeldCdrs;
import org.ampay.ocpi.cdr.InventoryPlaceStore;
import org.ampay.ocpi.facts.Complaint;
import org.ampay.ocpi.facts.Facts;
import org.ampay.ocpi.facts.Sense;
import org.ampay.ocpi.facts.Strictness;
import org.ampay.ocpi.http.OcpiModule;
import org.ampay.ocpi.location.RecordPlaces;
import org.ampay.ocpi.push.PushSource;
import org.ampay.ocpi.push.Pushes;
import org.ampay.ocpi.session.OcpiSessionStore;
import org.ampay.ocpi.session.SessionPublisher;
import org.ampay.ocpi.session.SessionPushSource;
import org.ampay.ocpi.session.SessionsModule;
import org.ampay.ocpi.v221.Cdrs221;
import org.ampay.ocpi.v221.Sessions221;
import org.ampay.ocpi.v230.Cdrs230;
import org.ampay.ocpi.v230.Sessions230;
import org.ampay.store.JobRunner;
import org.ampay.store.JobStore;
import org.ampay.store.Transactor;
import org.ampay.tariff.TariffSnapshots;

/** What partners are told of sessions and CDRs. */
public final class RecordRooms {

  private static final Duration LEASE = Duration.ofMinutes(1);

  private final CdrPublisher cdrs;
  private final SessionPublisher sessions;
  private final List<OcpiModule> modules;
  private final List<PushSource> sources;
  private final HeldCdrs held;

  /**
   * What the sessions and bills are read from.
   *
   * @param every how long after it was told a running session is told again
   */
  public record Records(
      BillableSessions sessions,
      SessionPeeks peeks,
      BillStore bills,
      TariffSnapshots snapshots,
      Duration every) {}

  /**
   * The rooms.
   *
   * @param tariffs as the Tariffs module tells them
   */
  public RecordRooms(
      Transactor transactor,
      JobStore jobs,
      TimeSource time,
      Records facts,
      CdrPublisher.Roaming roaming,
      CdrTariffs tariffs,
      Pushes pushes) {
    CdrStore told = new CdrStore();
    OcpiSessionStore running = new OcpiSessionStore();
    cdrs =
        new CdrPublisher(
            transactor,
            new CdrPublisher.Stores(facts.sessions(), facts.bills(), told, jobs),
            roaming,
            new CdrPublisher.Making(
                new CdrMaker(
                    Map.of(
                        OcpiVersion.V2_2_1,
                        new Cdrs221(tariffs),
                        OcpiVersion.V2_3_0,
                        new Cdrs230(tariffs)),
                    tariffs),
                facts.snapshots(),
                (version, cdr) -> complaints(version, "CDR", cdr)),
            pushes,
            time);
    sessions =
        new SessionPublisher(
            transactor,
            new SessionPublisher.Stores(facts.peeks(), facts.bills(), running, jobs),
            roaming,
            new SessionPublisher.Telling(
                Map.of(
                    OcpiVersion.V2_2_1, new Sessions221(), OcpiVersion.V2_3_0, new Sessions230()),
                tariffs,
                (version, session) -> complaints(version, "Session", session),
                facts.every()),
            pushes,
            time);
    modules = List.of(new CdrsModule(transactor, told), new SessionsModule(transactor, running));
    sources =
        List.of(new CdrPushSource(transactor, told), new SessionPushSource(transactor, running));
    held = new HeldCdrs(transactor, told, jobs, time);
  }

  /** The rooms on those of the core; places and tariffs by the inventory and what was frozen. */
  static RecordRooms of(
      Foundation on,
      CoreRooms core,
      RoamingSessions sessions,
      Partners partners,
      PlaceRooms places,
      Pushes pushes) {
    return new RecordRooms(
        on.database().transactor(),
        core.jobs,
        on.time(),
        new Records(
            core.money.stores.sessions(),
            core.peeks,
            core.money.stores.bills(),
            core.snapshots,
            on.settings().partners().sessionEvery()),
        new CdrPublisher.Roaming(
            sessions, partners, new RecordPlaces(places.places, new InventoryPlaceStore())),
        places.tariffs,
        pushes);
  }

  /** What a partner that is picky would say of an object. */
  private static List<String> complaints(OcpiVersion version, String object, JsonNode value) {
    List<Complaint> form = Facts.of(version).check(object, value, Strictness.SENT);
    return (form.isEmpty() ? Sense.check(version, object, value) : form)
        .stream().map(Complaint::toString).toList();
  }

  /** CDRs and Sessions. */
  public List<OcpiModule> modules() {
    return modules;
  }

  /** CDRs and sessions. */
  public List<PushSource> pushSources() {
    return sources;
  }

  /** CDRs that a person has to see to. */
  public HeldCdrs held() {
    return held;
  }

  /** Lets the jobs be done. */
  public void register(JobRunner runner) {
    runner.register(JobRunner.Settings.of(CdrPublisher.KIND).withLease(LEASE), cdrs);
    runner.register(JobRunner.Settings.of(SessionPublisher.KIND).withLease(LEASE), sessions);
  }
}
