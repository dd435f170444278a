package org.ampay.ocpi.tariff;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.ampay.ocpi.InterfaceRole;
import org.ampay.ocpi.ModuleId;
import org.ampay.ocpi.OcpiVersion;
import org.ampay.ocpi.http.OcpiAnswer;
import org.ampay.ocpi.http.OcpiModule;
import org.ampay.ocpi.http.OcpiProblem;
import org.ampay.ocpi.http.OcpiStatus;
import org.ampay.ocpi.http.PageQuery;
import org.ampay.ocpi.http.PartnerCall;
import org.ampay.ocpi.json.OcpiJson;

/** Tariffs, sender interface: the list of those that the partner's drivers pay. */
public final class TariffsModule implements OcpiModule {

  private final TariffShelf shelf;

  public TariffsModule(TariffShelf shelf) {
    this.shelf = shelf;
  }

  @Override
  public ModuleId id() {
    return ModuleId.TARIFFS;
  }

  @Override
  public InterfaceRole role() {
    return InterfaceRole.SENDER;
  }

  @Override
  public Set<OcpiVersion> versions() {
    return EnumSet.allOf(OcpiVersion.class);
  }

  @Override
  public OcpiAnswer handle(PartnerCall call) {
    if (!call.path().isEmpty()) {
      // The sender has no URL for one tariff, whatever the method.
      throw OcpiProblem.notFound(OcpiStatus.CLIENT_ERROR, "tariffs are read as a list");
    }
    if (!call.method().equals("GET")) {
      throw new OcpiProblem(405, OcpiStatus.CLIENT_ERROR, "tariffs of ours can only be read");
    }
    PageQuery query = call.page();
    List<ShownTariff> all =
        shelf.of(call.partner()).stream().filter(tariff -> isIn(tariff, query)).toList();
    List<String> items = new ArrayList<>();
    all.stream()
        .skip(query.offset())
        .limit(query.limit())
        .forEach(
            tariff ->
                shelf
                    .object(tariff, call.partner(), call.version())
                    .ifPresent(object -> items.add(OcpiJson.text(object))));
    return new OcpiAnswer.Page(items, all.size());
  }

  private static boolean isIn(ShownTariff tariff, PageQuery query) {
    return (query.from() == null || !tariff.lastUpdated().isBefore(query.from()))
        && (query.to() == null || tariff.lastUpdated().isBefore(query.to()));
  }
}
