package org.ampay.ocpi.tariff;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.ampay.billing.catalog.TariffCatalog;
import org.ampay.billing.catalog.TariffVersion;
import org.ampay.ocpi.OcpiVersion;
import org.ampay.ocpi.PartyRef;
import org.ampay.ocpi.cdr.CdrTariffs;
import org.ampay.ocpi.json.OcpiTime;
import org.ampay.tariff.DisplayText;
import org.ampay.tariff.PriceText;
import org.ampay.tariff.Tariff;
import org.ampay.tariff.TariffInfo;
import org.ampay.tariff.TariffSnapshot;
import org.ampay.tariff.TaxIncluded;
import org.jspecify.annotations.Nullable;

/**
 * Tariffs of ours as OCPI objects. The id is that of the version: a version never changes, so what
 * a CDR names stays what it was.
 */
public final class OcpiTariffs implements CdrTariffs {

  private final TariffCatalog catalog;
  private final TariffForms forms;

  public OcpiTariffs(TariffCatalog catalog, TariffForms forms) {
    this.catalog = catalog;
    this.forms = forms;
  }

  /** The OCPI id of a stored version. */
  public static String id(long tariffId, int version) {
    return tariffId + "-" + version;
  }

  @Override
  public String id(TariffSnapshot snapshot) {
    return id(snapshot.tariffId(), snapshot.version());
  }

  /** {@inheritDoc} The calendar is said for the time around the session. */
  @Override
  public List<ObjectNode> objects(
      OcpiVersion version, TariffSnapshot snapshot, PartyRef ours, Instant at) {
    Instant updated =
        catalog.versions().of(null, snapshot.tariffId()).stream()
            .filter(one -> one.version() == snapshot.version())
            .map(TariffVersion::createdAt)
            .findFirst()
            .orElse(at);
    List<ObjectNode> objects = new ArrayList<>();
    for (int i = 0; i < snapshot.tariffs().size(); i++) {
      Tariff tariff = snapshot.tariffs().get(i);
      String id = i == 0 ? id(snapshot) : tariff.idOrEmpty();
      OcpiTariff said = translated(tariff.withId(id), snapshot, at);
      ObjectNode object = forms.of(version).write(said);
      own(object, ours, updated);
      objects.add(object);
    }
    return objects;
  }

  /**
   * A stored version as partners see it now; empty: there is no such version, or it has no calendar
   * any more.
   *
   * @param zone of the places where it holds
   * @param times from when until when it holds; null: for ever
   */
  Optional<ObjectNode> object(OcpiVersion version, TariffVersion stored, ZoneId zone, Times times) {
    return catalog
        .snapshot(null, stored.tariffId(), stored.version(), zone)
        .map(
            snapshot -> {
              Tariff tariff =
                  snapshot.tariffs().getFirst().withId(id(stored.tariffId(), stored.version()));
              ObjectNode object =
                  forms.of(version).write(translated(tariff, snapshot, times.now()));
              time(object, "start_date_time", times.start());
              time(object, "end_date_time", times.end());
              return object;
            });
  }

  /** When a version holds, and when that is said. */
  record Times(Instant now, @Nullable Instant start, @Nullable Instant end) {}

  /** Says whose it is and when it changed. */
  static void own(ObjectNode object, PartyRef ours, Instant updated) {
    object.put("country_code", ours.countryCode());
    object.put("party_id", ours.partyId());
    object.put("last_updated", OcpiTime.write(updated));
  }

  private static void time(ObjectNode object, String name, @Nullable Instant at) {
    if (at == null) {
      object.remove(name);
    } else {
      object.put(name, OcpiTime.write(at));
    }
  }

  private static OcpiTariff translated(Tariff tariff, TariffSnapshot snapshot, Instant at) {
    OcpiTariff said = TariffTranslation.of(tariff, at.atZone(snapshot.zone()).toLocalDate());
    boolean needsText = !said.unsaid().isEmpty() || tariff.taxIncluded() == TaxIncluded.YES;
    return needsText ? new OcpiTariff(described(said.tariff(), tariff), said.unsaid()) : said;
  }

  /** The whole price in words where the fields do not say it all and the operator wrote nothing. */
  private static Tariff described(Tariff said, Tariff whole) {
    TariffInfo info = said.info();
    if (!info.altTexts().isEmpty()) {
      return said;
    }
    return new Tariff(
        new TariffInfo(
            info.id(),
            info.type(),
            List.of(text(whole, Locale.ENGLISH), text(whole, Locale.CHINESE)),
            info.altUrl(),
            info.energyMix(),
            info.preauthorizeAmount()),
        said.currency(),
        said.taxIncluded(),
        said.elements(),
        said.limits(),
        said.validity(),
        said.extras());
  }

  private static DisplayText text(Tariff tariff, Locale language) {
    String text = PriceText.of(tariff, language);
    int most = 300; // there must be room for what the fields do not say
    return new DisplayText(
        language.getLanguage(), text.length() <= most ? text : text.substring(0, most - 1) + "…");
  }
}
