package org.ampay.ocpi.tariff;

import static org.ampay.store.tables.Tables.OCPI_TARIFF;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.ampay.store.Database;
import org.ampay.store.SqlTx;

/** Tariffs as they were told last, in the database. */
public final class ShownTariffStore {

  private final Database database;

  public ShownTariffStore(Database database) {
    this.database = database;
  }

  Map<ShownTariff.Key, ShownTariff> load() {
    Map<ShownTariff.Key, ShownTariff> all = new HashMap<>();
    database
        .dsl()
        .selectFrom(OCPI_TARIFF)
        .forEach(
            r -> {
              ShownTariff.Key key =
                  new ShownTariff.Key(r.getOperatorId(), r.getTariffId(), r.getVersion());
              all.put(
                  key,
                  new ShownTariff(
                      key, r.getFingerprint(), seen(r.getSeenBy()), r.getLastUpdated()));
            });
    return all;
  }

  void save(Collection<ShownTariff> changed) {
    database
        .transactor()
        .run(
            tx -> {
              for (ShownTariff tariff : changed) {
                SqlTx.of(tx)
                    .dsl()
                    .insertInto(OCPI_TARIFF)
                    .set(OCPI_TARIFF.OPERATOR_ID, tariff.key().operatorId())
                    .set(OCPI_TARIFF.TARIFF_ID, tariff.key().tariffId())
                    .set(OCPI_TARIFF.VERSION, tariff.key().version())
                    .set(OCPI_TARIFF.FINGERPRINT, tariff.fingerprint())
                    .set(OCPI_TARIFF.SEEN_BY, text(tariff.seenBy()))
                    .set(OCPI_TARIFF.LAST_UPDATED, tariff.lastUpdated())
                    .onDuplicateKeyUpdate()
                    .set(OCPI_TARIFF.FINGERPRINT, tariff.fingerprint())
                    .set(OCPI_TARIFF.SEEN_BY, text(tariff.seenBy()))
                    .set(OCPI_TARIFF.LAST_UPDATED, tariff.lastUpdated())
                    .execute();
              }
            });
  }

  private static String text(Set<Long> seenBy) {
    return seenBy.stream().sorted().map(String::valueOf).collect(Collectors.joining(","));
  }

  private static Set<Long> seen(String text) {
    return text.isEmpty()
        ? Set.of()
        : Arrays.stream(text.split(",")).map(Long::valueOf).collect(Collectors.toSet());
  }
}
