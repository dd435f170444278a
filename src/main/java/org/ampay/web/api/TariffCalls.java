package org.ampay.web.api;

import java.util.function.Supplier;
import org.ampay.audit.AuditEntry;
import org.ampay.billing.catalog.Author;
import org.ampay.billing.catalog.StoredTariff;
import org.ampay.billing.catalog.TariffCatalog;
import org.ampay.tariff.InvalidInputException;
import org.ampay.web.http.Problem;
import org.jspecify.annotations.Nullable;

/** What the calls for tariffs share. */
final class TariffCalls {

  private TariffCalls() {}

  /** Runs what complains about a field of the caller's. */
  static <T> T checked(Supplier<T> work) {
    try {
      return work.get();
    } catch (InvalidInputException e) {
      throw Problem.badField(e.path(), e.reason()).exception();
    }
  }

  static Author author(ApiCall call) {
    return new Author(call.caller().actor(), call.caller().person());
  }

  /** The tariff in the path. */
  static StoredTariff find(TariffCatalog catalog, ApiCall call) {
    return catalog
        .find(call.scope().operatorId(), call.idParam("id"))
        .orElseThrow(TariffCalls::unknown);
  }

  static RuntimeException unknown() {
    return Problem.notFound("there is no such tariff").exception();
  }

  /** A number of a version in the path. */
  static int version(ApiCall call) {
    long number = call.idParam("version");
    return number <= Integer.MAX_VALUE ? (int) number : 0;
  }

  static AuditEntry entry(ApiCall call, StoredTariff tariff, String action) {
    return entry(call, tariff.operatorId(), action, "tariff:" + tariff.id())
        .with("name", tariff.name());
  }

  static AuditEntry entry(ApiCall call, long operatorId, String action, String subject) {
    return AuditEntry.of(tenant(operatorId), call.caller().actor(), action, subject);
  }

  private static @Nullable Long tenant(long operatorId) {
    return operatorId == 0 ? null : operatorId;
  }
}
