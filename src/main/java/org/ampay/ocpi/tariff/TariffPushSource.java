package org.ampay.ocpi.tariff;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.ampay.ocpi.InterfaceRole;
import org.ampay.ocpi.ModuleId;
import org.ampay.ocpi.OcpiVersion;
import org.ampay.ocpi.Partner;
import org.ampay.ocpi.Partners;
import org.ampay.ocpi.client.PartnerRequest;
import org.ampay.ocpi.push.PushKind;
import org.ampay.ocpi.push.PushSource;
import org.ampay.ocpi.push.Pushes;

/** Tariffs as they are when they are sent; one that holds nowhere any more is deleted. */
public final class TariffPushSource implements PushSource {

  private final TariffShelf shelf;

  public TariffPushSource(TariffShelf shelf) {
    this.shelf = shelf;
  }

  /** From now on, partners are told of what changes on the shelf. */
  public static void connect(TariffShelf shelf, Partners partners, Pushes pushes) {
    shelf.onChange(changes -> tell(changes, partners, pushes));
  }

  private static void tell(List<TariffShelf.Change> changes, Partners partners, Pushes pushes) {
    Map<Long, List<String>> byPartner = new TreeMap<>();
    for (Partner partner : partners.registered()) {
      if (partner.endpoint(ModuleId.TARIFFS, InterfaceRole.RECEIVER).isPresent()) {
        List<String> keys =
            changes.stream()
                .filter(change -> concerns(change, partner))
                .map(change -> change.key().id())
                .collect(Collectors.toList());
        if (!keys.isEmpty()) {
          byPartner.put(partner.id(), keys);
        }
      }
    }
    byPartner.forEach((partner, keys) -> pushes.wanted(List.of(partner), PushKind.TARIFF, keys));
  }

  private static boolean concerns(TariffShelf.Change change, Partner partner) {
    return change.key().operatorId() == partner.operatorId()
        && (change.concerned().contains(ShownTariff.ALL)
            || change.concerned().contains(partner.id()));
  }

  @Override
  public PushKind kind() {
    return PushKind.TARIFF;
  }

  @Override
  public List<String> keys(Partner partner, Instant since) {
    return shelf.of(partner).stream().map(tariff -> tariff.key().id()).toList();
  }

  @Override
  public Optional<PartnerRequest> request(Partner partner, String key) {
    OcpiVersion version = partner.version();
    if (version == null) {
      return Optional.empty();
    }
    List<String> path = List.of(partner.ours().countryCode(), partner.ours().partyId(), key);
    PartnerRequest gone = PartnerRequest.toReceiver(ModuleId.TARIFFS, "DELETE", path, null);
    return Optional.of(
        shelf.of(partner).stream()
            .filter(tariff -> tariff.key().id().equals(key))
            .findFirst()
            .flatMap(tariff -> shelf.object(tariff, partner, version))
            .map(object -> PartnerRequest.toReceiver(ModuleId.TARIFFS, "PUT", path, object))
            .orElse(gone));
  }
}
