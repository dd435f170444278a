package org.ampay.app;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.ampay.app.partner.PartnerException;
import org.ampay.app.partner.PartnerSettings;
import org.ampay.app.partner.PartnerSystem;
import org.ampay.ocpi.OcpiVersion;
import org.ampay.ocpi.Partner;
import org.ampay.ocpi.PartnerBook;
import org.ampay.ocpi.PartyRef;
import org.ampay.ocpi.credentials.Credentials;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The demo's partner: an eMSP on this machine that registers with the demo's European operator. Its
 * drivers charge there like others; its books are a page at its address. It forgets all when it
 * ends, so it registers anew at each start.
 */
public final class DemoPartner implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(DemoPartner.class);
  private static final PartyRef PARTY = new PartyRef("NL", "TUL");
  private static final String ACTOR = "system";
  private static final int LOOK_SECONDS = 30;

  /** The tokens of its drivers. */
  static final List<String> TOKENS = List.of("04C0FFEE000001", "04C0FFEE000002", "04C0FFEE000003");

  private final PartnerSystem partner;
  private final ScheduledExecutorService looks =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("demo-partner").factory());
  private int complaints;

  private DemoPartner(Foundation on) {
    this.partner =
        PartnerSystem.start(
            new PartnerSettings(
                new HostPort("127.0.0.1", 0),
                PARTY,
                "EMSP",
                "Tulip Mobility Demo",
                List.of(OcpiVersion.values()),
                false,
                on.time()));
  }

  /**
   * Starts it and lets it register; a server that it cannot reach is no reason to have no demo.
   *
   * @param base where the server is
   */
  static DemoPartner start(Foundation on, PartnerBook partners, Credentials credentials, URI base) {
    DemoPartner demo = new DemoPartner(on);
    try {
      demo.partner.register(base.resolve("/ocpi/versions"), demo.invited(partners, credentials));
      TOKENS.forEach(uid -> demo.tell(uid));
      LOG.info("the demo's partner {} shows its books at {}", PARTY, demo.address());
    } catch (PartnerException e) {
      LOG.warn("the demo's partner could not register: {}", e.getMessage());
    } catch (RuntimeException e) {
      demo.close();
      throw e;
    }
    demo.looks.scheduleWithFixedDelay(demo::look, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
    return demo;
  }

  private String invited(PartnerBook partners, Credentials credentials) {
    Optional<Partner> known =
        partners.of(DemoWorld.EUROPE.id()).stream()
            .filter(one -> one.party().equals(PARTY))
            .findFirst();
    if (known.isPresent()) {
      Partner ended = credentials.end(known.get(), ACTOR);
      return credentials.inviteAgain(ended, ACTOR).tokenA();
    }
    Credentials.Invitation whom =
        new Credentials.Invitation(
            DemoWorld.EUROPE.id(),
            new PartyRef(DemoWorld.EUROPE.countryCode(), DemoWorld.EUROPE.partyId()),
            "EMSP",
            PARTY,
            partner.name(),
            Optional.of(partner.versionsUrl()));
    return credentials.invite(whom, ACTOR).tokenA();
  }

  private void tell(String uid) {
    partner.push(partner.tokens().issue(uid, "RFID", "ALLOWED", true)).done();
  }

  /** Reads our lists as a partner does, and says what it does not like of them. */
  private void look() {
    try {
      for (String module : List.of("locations", "tariffs", "cdrs")) {
        partner.pull(module, Map.of());
      }
    } catch (PartnerException e) {
      LOG.warn("the demo's partner cannot read us: {}", e.getMessage());
    }
    List<String> all = partner.complaints().all();
    all.stream().skip(complaints).forEach(one -> LOG.warn("the demo's partner: {}", one));
    complaints = all.size();
  }

  /** Where its books can be looked at. */
  public URI address() {
    return partner.address();
  }

  @Override
  public void close() {
    looks.shutdownNow();
    partner.close();
  }
}
