package org.ampay.ocpi.cdr;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.ampay.billing.Bill;
import org.ampay.charging.BillableSession;
import org.ampay.ocpi.OcpiVersion;
import org.ampay.ocpi.PartyRef;
import org.ampay.ocpi.RoamingSession;
import org.ampay.tariff.Price;
import org.ampay.tariff.PricePeriod;
import org.ampay.tariff.Pricing;
import org.ampay.tariff.SessionFacts;
import org.ampay.tariff.TariffSnapshot;
import org.jspecify.annotations.Nullable;

/** Makes CDRs of bills: of the same facts and the same frozen tariff. Pure. */
public final class CdrMaker {

  private final Map<OcpiVersion, CdrForm> forms;
  private final CdrTariffs tariffs;

  public CdrMaker(Map<OcpiVersion, CdrForm> forms, CdrTariffs tariffs) {
    this.forms = new EnumMap<>(forms);
    this.tariffs = tariffs;
  }

  /**
   * All that a CDR is made of.
   *
   * @param bills the charge, then the credits that were made so far, with their lines
   * @param snapshot what was frozen at the session's start
   */
  public record Facts(
      PartyRef ours,
      RoamingSession roaming,
      BillableSession session,
      List<Bill> bills,
      TariffSnapshot snapshot,
      RoamingPlace place,
      @Nullable SignedData signed) {

    public Facts {
      bills = List.copyOf(bills);
    }
  }

  /**
   * A CDR's texts. Of the ways to round volumes to four digits the first is taken by which the
   * partner comes to the same total in both versions.
   *
   * @throws IllegalStateException when the price is not that of the bill
   */
  public CdrTexts make(Facts facts, String id, Instant at) {
    SessionFacts segments = SessionFacts.parse(facts.session().priceFacts());
    Price price = Pricing.price(facts.snapshot(), segments);
    Bill charge = facts.bills().getFirst();
    if (!price.payable().equals(charge.total())) {
      throw new IllegalStateException(
          "priced again it is " + price.payable() + ", billed " + charge.total());
    }
    CdrTexts usual = texts(cdr(facts, price, segments, id, at, Periods.Way.SHORT), facts);
    if (usual.repriced() || facts.bills().size() > 1) {
      return usual;
    }
    for (Periods.Way way : Periods.Way.ALL) {
      CdrTexts texts = texts(cdr(facts, price, segments, id, at, way), facts);
      if (texts.repriced()) {
        return texts;
      }
    }
    return usual;
  }

  private RoamingCdr cdr(
      Facts facts, Price price, SessionFacts segments, String id, Instant at, Periods.Way way) {
    BillableSession session = facts.session();
    PricePeriod firstPeriod = price.periods().getFirst();
    PricePeriod lastPeriod = price.periods().getLast();
    return new RoamingCdr(
        id,
        facts.ours(),
        facts.roaming(),
        firstPeriod.from().truncatedTo(ChronoUnit.MILLIS),
        later(session.stoppedAt(), lastPeriod.to()),
        facts.place(),
        facts.snapshot(),
        Periods.of(price, segments, facts.snapshot(), tariffs.id(facts.snapshot()), way),
        CdrCosts.of(facts.bills(), facts.snapshot()),
        facts.signed(),
        null,
        facts.bills().size() > 1 ? "Corrected: a part was given back." : null,
        at);
  }

  private CdrTexts texts(RoamingCdr cdr, Facts facts) {
    Map<OcpiVersion, String> texts = new EnumMap<>(OcpiVersion.class);
    forms.forEach((version, form) -> texts.put(version, form.text(cdr)));
    boolean repriced = texts.values().stream().allMatch(text -> reprices(text, facts));
    return new CdrTexts(texts, repriced);
  }

  private static boolean reprices(String text, Facts facts) {
    var tree = CdrTexts.tree(text);
    return CdrReprice.price(tree, facts.place().zone())
        .map(priced -> priced.equals(CdrReprice.told(tree)))
        .orElse(false);
  }

  private static Instant later(Instant a, Instant b) {
    return a.isBefore(b) ? b : a;
  }
}
