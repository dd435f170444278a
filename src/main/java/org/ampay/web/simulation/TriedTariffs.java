package org.ampay.web.simulation;

import java.util.List;
import java.util.Optional;
import org.ampay.billing.catalog.StoredTariff;
import org.ampay.billing.catalog.TariffCatalog;
import org.ampay.billing.catalog.TariffVersion;
import org.ampay.tariff.InvalidInputException;
import org.ampay.tariff.Tariff;
import org.ampay.tariff.TariffJson;
import org.jspecify.annotations.Nullable;

/** Finds the tariff that is tried: a stored version or a draft, with its calendar inside. */
public final class TriedTariffs {

  /**
   * What is tried.
   *
   * @param stored null for the draft of a new tariff
   * @param version null: a draft
   */
  public record Tried(@Nullable StoredTariff stored, @Nullable Integer version, Tariff tariff) {}

  private final TariffCatalog catalog;

  public TriedTariffs(TariffCatalog catalog) {
    this.catalog = catalog;
  }

  /**
   * A stored tariff.
   *
   * @param operatorId null: of any operator
   */
  public Optional<StoredTariff> find(@Nullable Long operatorId, long tariffId) {
    return catalog.find(operatorId, tariffId);
  }

  /** The versions of a stored tariff, oldest first. */
  public List<TariffVersion> versions(StoredTariff stored) {
    return catalog.versions(stored.operatorId(), stored.id());
  }

  /**
   * A version of a stored tariff.
   *
   * @param number null: the newest
   * @throws InvalidInputException naming {@code version} when there is none
   */
  public Tried version(StoredTariff stored, @Nullable Integer number) {
    TariffVersion version =
        versions(stored).stream()
            .filter(v -> number == null || v.version() == number)
            .reduce((a, b) -> b)
            .orElseThrow(() -> new InvalidInputException("version", "there is no such version"));
    return new Tried(stored, version.version(), whole(stored.operatorId(), version.tariff(), ""));
  }

  /**
   * A draft.
   *
   * @param stored the tariff that it is to be a version of, null: a new one
   * @param json OCPI's object with what is ours
   * @throws InvalidInputException naming the path of what is wrong, below {@code tariff}
   */
  public Tried draft(long operatorId, @Nullable StoredTariff stored, String json) {
    Tariff tariff = TariffJson.read(TariffJson.readTree(json), "tariff");
    if (stored != null && !stored.currency().equals(tariff.currency())) {
      throw new InvalidInputException("tariff.currency", "must be " + stored.currency());
    }
    return new Tried(stored, null, whole(operatorId, tariff, "tariff."));
  }

  private Tariff whole(long operatorId, Tariff tariff, String path) {
    try {
      return catalog.withCalendar(operatorId == 0 ? null : operatorId, tariff);
    } catch (InvalidInputException e) {
      throw new InvalidInputException(path + e.path(), e.reason());
    }
  }
}
