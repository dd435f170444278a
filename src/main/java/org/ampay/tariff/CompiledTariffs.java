package org.ampay.tariff;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The tariffs of a snapshot, ready for a walk. Immutable once built, shared by threads. */
final class CompiledTariffs {

  /** One tariff, by phase. */
  record Compiled(
      String id,
      Tariff tariff,
      Phase session,
      Phase reservation,
      Phase expired,
      PriceLimits limits,
      List<Ceiling> ceilings) {

    Phase phase(SegmentState state) {
      return switch (state) {
        case CHARGING, PARKING -> session;
        case RESERVATION -> reservation;
        case RESERVATION_EXPIRED -> expired;
      };
    }
  }

  /**
   * What discounts are shared over: a kind of cost at a tax rate.
   *
   * @param vat in percent, without trailing zeros; null: none or not known
   */
  record Group(Price.Cost cost, @Nullable BigDecimal vat) {}

  private final List<Compiled> tariffs = new ArrayList<>();
  private final Map<String, Compiled> byId = new HashMap<>();
  private final List<Component> components = new ArrayList<>();
  private final Map<Group, Integer> groupIndex = new HashMap<>();
  private final List<Group> groups = new ArrayList<>();
  private boolean negative;

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

  /**
   * Adds the seconds of the local day at which a session's prices may change.
   *
   * @return whether they change by the clock alone
   */
  boolean addClock(Set<Integer> seconds) {
    boolean clockOnly = true;
    for (Compiled tariff : tariffs) {
      for (int second : tariff.session().clockSeconds()) {
        seconds.add(second);
      }
      clockOnly &= tariff.session().isClockOnly();
    }
    return clockOnly;
  }

  Component component(int index) {
    return components.get(index);
  }

  /** By the index that components have. */
  List<Group> groups() {
    return groups;
  }

  /** Whether some price is below 0. */
  boolean hasNegative() {
    return negative;
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
    TariffCalendar dates = tariff.extras().calendar();
    CompiledCalendar calendar =
        dates != null && tariff.usesTiers() ? new CompiledCalendar(dates) : null;
    Phase.Builder session = new Phase.Builder(calendar);
    Phase.Builder reservation = new Phase.Builder(calendar);
    Phase.Builder expired = new Phase.Builder(calendar);
    for (int e = 0; e < tariff.elements().size(); e++) {
      TariffElement element = tariff.elements().get(e);
      List<Component> own = components(tariff, e, element);
      switch (element.restrictions().reservation()) {
        case null -> session.add(element.restrictions(), own);
        case RESERVATION -> {
          // A reservation that expires was a reservation: its own elements hold as well.
          reservation.add(element.restrictions(), own);
          expired.add(element.restrictions(), own);
        }
        case RESERVATION_EXPIRES -> expired.add(element.restrictions(), own);
      }
    }
    Occupancy occupancy = tariff.extras().occupancy();
    if (occupancy != null) {
      session.add(occupancy, occupancy(tariff, occupancy));
    }
    Compiled compiled =
        new Compiled(
            tariff.idOrEmpty(),
            tariff,
            session.build(),
            reservation.build(),
            expired.build(),
            new PriceLimits(tariff),
            tariff.extras().allCeilings());
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
      own.add(component(by, dimension(price.type(), reservation), tariff));
    }
    return own;
  }

  private Component occupancy(Tariff tariff, Occupancy fee) {
    PriceComponent price =
        new PriceComponent(Dimension.PARKING_TIME, fee.price(), fee.vat(), fee.stepSize());
    String rule = RuleText.of(fee);
    PricedBy by = new PricedBy(tariff.idOrEmpty(), PricedBy.NO_ELEMENT, 0, price, false, rule);
    return component(by, LineDimension.OCCUPANCY, tariff);
  }

  private Component component(PricedBy by, LineDimension dimension, Tariff tariff) {
    BigDecimal vat = by.price().vat();
    Group group =
        new Group(
            Price.Cost.of(dimension, by.reservation()),
            vat == null ? null : vat.stripTrailingZeros());
    int index = Objects.requireNonNullElse(groupIndex.putIfAbsent(group, groups.size()), -1);
    if (index < 0) {
      index = groups.size();
      groups.add(group);
    }
    negative |= by.price().price().signum() < 0;
    Component component =
        new Component(components.size(), index, by, dimension, tariff.taxIncluded());
    components.add(component);
    return component;
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
