package org.ampay.web.console;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ampay.billing.catalog.Approval;
import org.ampay.billing.catalog.Assignment;
import org.ampay.billing.catalog.StoredTariff;
import org.ampay.billing.catalog.TariffCatalog;
import org.ampay.billing.catalog.TariffVersion;
import org.ampay.tariff.PriceText;
import org.ampay.web.http.Answer;
import org.ampay.web.people.Permission;

/** The list of tariffs. */
public final class TariffPages {

  private static final int MOST = 500;

  private final Pages pages;
  private final TariffCatalog catalog;

  TariffPages(Pages pages, TariffCatalog catalog) {
    this.pages = pages;
    this.catalog = catalog;
  }

  List<ConsoleRoute> routes() {
    return List.of(ConsoleRoute.get("/tariffs", Permission.TARIFFS_READ, this::list));
  }

  /**
   * A tariff in the list.
   *
   * @param version in force; 0: none is
   * @param waiting versions that wait for a second person
   * @param places where it holds or will
   */
  public record TariffRow(
      StoredTariff stored, String text, int version, long waiting, int places) {}

  private Answer list(PageCall call) {
    List<StoredTariff> all = catalog.list(call.operatorId(), 0, MOST);
    return pages.page(
        200,
        "tariffs",
        call.ui(),
        Map.of(
            "tariffs",
            all.stream().map(stored -> row(call, stored)).toList(),
            "waiting",
            catalog.approvals().open(call.operatorId()).size()));
  }

  private TariffRow row(PageCall call, StoredTariff stored) {
    List<TariffVersion> versions = catalog.versions().of(stored.operatorId(), stored.id());
    Optional<TariffVersion> inForce = catalog.versions().inForce(stored.operatorId(), stored.id());
    Optional<TariffVersion> shown =
        inForce.or(() -> versions.isEmpty() ? Optional.empty() : Optional.of(versions.getLast()));
    return new TariffRow(
        stored,
        shown.map(v -> PriceText.display(v.tariff(), call.ui().language().locale())).orElse(""),
        inForce.map(TariffVersion::version).orElse(0),
        versions.stream().filter(v -> isOpen(v.made().approval())).count(),
        (int)
            catalog.assignments().of(stored.operatorId(), stored.id()).stream()
                .filter(a -> isAlive(a, call))
                .count());
  }

  static boolean isOpen(Approval approval) {
    return approval.state() == Approval.State.PROPOSED;
  }

  /** Whether an assignment holds, or may one day. */
  static boolean isAlive(Assignment assignment, PageCall call) {
    return assignment.made().approval().state() != Approval.State.REJECTED
        && assignment.endsAt().filter(end -> !end.isAfter(call.ui().place().now())).isEmpty();
  }
}
