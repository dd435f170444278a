package org.ampay.tariff;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The tariffs of a snapshot, ready for a walk. Immutable once built, shared by threads. */
final class CompiledTariffs {

  /** One tariff, by phase. */
  record Compiled(String id, Tariff tariff, Phase session, Phase reservation, Phase expired) {

    Phase phase(SegmentState state) {
      return switch (state) {
        case CHARGING, PARKING -> session;
        case RESERVATION -> reservation;
        case RESERVATION_EXPIRED -> expired;
      };
    }
  }

  private final List<Compiled> tariffs = new ArrayList<>();
  private final Map<String, Compiled> byId = new HashMap<>();
  private final List<Component> components = new ArrayList<>();

  private CompiledTariffs() {}

  static CompiledTariffs of(List<Tariff> tariffs) {
    CompiledTariffs compiled = new CompiledTariffs();
    tariffs.forEach(compiled::add);
    return compiled;
  }

  /** How many components all the tariffs have together. */
  int size() {
    return components.size();
  }

  Component component(int index) {
    return components.get(index);
  }

  /**
   * The tariff of a segment.
   *
   * @throws InvalidInputException when the snapshot has none of that id
   */
  Compiled tariff(@Nullable String id) {
    Compiled found = id == null ? tariffs.getFirst() : byId.get(id);
    if (found == null) {
      throw new InvalidInputException("tariff_id", "there is no tariff '" + id + "'");
    }
    return found;
  }

  private void add(Tariff tariff) {
    Compiled compiled =
        new Compiled(tariff.idOrEmpty(), tariff, new Phase(), new Phase(), new Phase());
    for (int e = 0; e < tariff.elements().size(); e++) {
      TariffElement element = tariff.elements().get(e);
      List<Component> own = components(tariff, e, element);
      switch (element.restrictions().reservation()) {
        case null -> compiled.session.add(element.restrictions(), own);
        case RESERVATION -> {
          // A reservation that expires was a reservation: its own elements hold as well.
          compiled.reservation.add(element.restrictions(), own);
          compiled.expired.add(element.restrictions(), own);
        }
        case RESERVATION_EXPIRES -> compiled.expired.add(element.restrictions(), own);
      }
    }
    tariffs.add(compiled);
    byId.put(compiled.id, compiled);
  }

  private List<Component> components(Tariff tariff, int e, TariffElement element) {
    boolean reservation = element.restrictions().reservation() != null;
    String rule = RuleText.of(element.restrictions());
    List<Component> own = new ArrayList<>();
    for (int c = 0; c < element.components().size(); c++) {
      PriceComponent price = element.components().get(c);
      PricedBy by = new PricedBy(tariff.idOrEmpty(), e, c, price, reservation, rule);
      Component component =
          new Component(
              components.size(), by, dimension(price.type(), reservation), tariff.taxIncluded());
      components.add(component);
      own.add(component);
    }
    return own;
  }

  private static LineDimension dimension(Dimension type, boolean reservation) {
    return switch (type) {
      case FLAT -> LineDimension.FLAT;
      case ENERGY -> LineDimension.ENERGY;
      case SERVICE -> LineDimension.SERVICE;
      case PARKING_TIME -> LineDimension.PARKING_TIME;
      case TIME -> reservation ? LineDimension.RESERVATION_TIME : LineDimension.TIME;
    };
  }
}
