package org.ampay.ocpi.cdr;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ampay.base.Energy;
import org.ampay.base.Money;
import org.ampay.billing.Bill;
import org.ampay.charging.BillableSession;
import org.ampay.ocpi.OcpiVersion;
import org.ampay.ocpi.PartyRef;
import org.ampay.ocpi.RoamingSession;
import org.ampay.ocpi.facts.Complaint;
import org.ampay.ocpi.facts.Facts;
import org.ampay.ocpi.facts.Sense;
import org.ampay.ocpi.facts.Strictness;
import org.ampay.ocpi.v221.Cdrs221;
import org.ampay.ocpi.v230.Cdrs230;
import org.ampay.station.EvseRef;
import org.ampay.tariff.BillLine;
import org.ampay.tariff.Price;
import org.ampay.tariff.Pricing;
import org.ampay.tariff.SessionFacts;
import org.ampay.tariff.TariffSnapshot;

/** Facts of CDRs, for tests. */
public final class CdrSamples {

  public static final PartyRef OURS = new PartyRef("CN", "AMP");
  public static final PartyRef THEIRS = new PartyRef("DE", "EMP");

  private CdrSamples() {}

  /** Makes CDRs of both versions. */
  public static CdrMaker maker() {
    FrozenTariffs tariffs = new FrozenTariffs();
    return new CdrMaker(forms(tariffs), tariffs);
  }

  /** What a picky partner says of a CDR. */
  public static List<String> complaintsOfCdr(OcpiVersion version, JsonNode cdr) {
    return complaints(version, "CDR", cdr);
  }

  /** What a picky partner says of an object. */
  public static List<String> complaints(OcpiVersion version, String object, JsonNode value) {
    List<Complaint> form = Facts.of(version).check(object, value, Strictness.SENT);
    return (form.isEmpty() ? Sense.check(version, object, value) : form)
        .stream().map(Complaint::toString).toList();
  }

  public static Map<OcpiVersion, CdrForm> forms(CdrTariffs tariffs) {
    return Map.of(
        OcpiVersion.V2_2_1, new Cdrs221(tariffs), OcpiVersion.V2_3_0, new Cdrs230(tariffs));
  }

  public static RoamingSession roaming(long session, long partner) {
    return new RoamingSession(
        session, partner, THEIRS, "04A1B2C3", "RFID", "DE8AA-1", "WHITELIST", null);
  }

  public static RoamingPlace place(ZoneId zone) {
    return new RoamingPlace(
        new RoamingPlace.Address("S1", "Site", "1 Road", "Shanghai", "200000", null, "CHN"),
        new RoamingPlace.Outlet("11", "CN*AMP*ECP1*1", "1", "IEC_62196_T2_COMBO", "CABLE", "DC"),
        "31.230400",
        "121.473700",
        zone);
  }

  /** The facts of a CDR of a session. */
  public static CdrMaker.Facts facts(TariffSnapshot snapshot, SessionFacts facts) {
    Price price = Pricing.price(snapshot, facts);
    Instant from = facts.segments().getFirst().from();
    Instant to = facts.segments().getLast().to();
    BillableSession session =
        new BillableSession(
            77,
            1,
            5,
            10,
            "CP1",
            new EvseRef(1, 1),
            "77",
            null,
            null,
            1L,
            from,
            to,
            Energy.ZERO,
            Energy.ZERO,
            Energy.ZERO,
            3,
            facts.toJson(),
            price.payable());
    return new CdrMaker.Facts(
        OURS,
        roaming(77, 4),
        session,
        List.of(bill(price, to)),
        snapshot,
        place(snapshot.zone()),
        null);
  }

  private static Bill bill(Price price, Instant at) {
    Money excl = Money.zero(price.currency());
    Money tax = excl;
    List<Bill.Line> lines = new ArrayList<>();
    for (BillLine line : price.billLines()) {
      excl = excl.plus(line.excl());
      tax = tax.plus(line.tax());
      lines.add(
          new Bill.Line(
              line.dimension().name(),
              line.element(),
              line.from(),
              line.to(),
              line.volume(),
              line.unitPrice(),
              line.vat(),
              line.excl(),
              line.tax(),
              line.label(),
              line.funder()));
    }
    return new Bill(
        700, 1, new Bill.Session(77, 10, null), Bill.Kind.CHARGE, 0, null, 3, excl, tax, at, lines);
  }
}
