package org.ampay.tariff;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is allowed in a tariff and yet rarely meant: shown to whoever saves it. */
public final class TariffWarnings {

  /**
   * One doubt.
   *
   * @param path as in {@link InvalidInputException#path}
   */
  public record Warning(String path, String message) {}

  private final Tariff tariff;
  private final List<Warning> warnings = new ArrayList<>();

  private TariffWarnings(Tariff tariff) {
    this.tariff = tariff;
  }

  /** The doubts about a tariff, in the order of its fields. */
  public static List<Warning> of(Tariff tariff) {
    TariffWarnings checks = new TariffWarnings(tariff);
    checks.limits();
    checks.neverReached();
    checks.free();
    checks.taxes();
    return List.copyOf(checks.warnings);
  }

  private void limits() {
    limit("min_price", tariff.limits().min());
    limit("max_price", tariff.limits().max());
  }

  private void limit(String path, @Nullable PriceLimit limit) {
    if (limit != null && limit.incl() == null && tariff.isTaxed()) {
      warn(path, "has no figure with tax: it follows from the tariff's tax rates");
    }
  }

  /** A component behind one of the same dimension that always applies. */
  private void neverReached() {
    Map<LineKind, String> always = new EnumMap<>(LineKind.class);
    for (int e = 0; e < tariff.elements().size(); e++) {
      TariffElement element = tariff.elements().get(e);
      Set<Dimension> own = EnumSet.noneOf(Dimension.class);
      for (int c = 0; c < element.components().size(); c++) {
        String path = path(e, c);
        Dimension type = element.components().get(c).type();
        LineKind kind = LineKind.of(type, element.restrictions().reservation());
        if (always.containsKey(kind)) {
          warn(path, "never applies: " + always.get(kind) + " always comes first");
        } else if (!own.add(type)) {
          warn(path, "never applies: the element has another " + type + " before it");
        } else if (isPlain(element.restrictions())) {
          always.put(kind, path);
        }
      }
    }
  }

  /** Energy that costs nothing at some time is usually a hole in the calendar. */
  private void free() {
    boolean any = false;
    boolean gapless = false;
    for (TariffElement element : tariff.elements()) {
      for (PriceComponent component : element.components()) {
        if (component.type() == Dimension.ENERGY && element.restrictions().reservation() == null) {
          any = true;
          gapless |= element.restrictions().equals(Restrictions.NONE);
        }
      }
    }
    if (any && !gapless && !coversTheDay()) {
      warn("elements", "energy is free where no element matches; add one without restrictions");
    }
  }

  /** Whether clock windows alone cover every minute of every day. */
  private boolean coversTheDay() {
    boolean[] minutes = new boolean[24 * 60];
    for (TariffElement element : tariff.elements()) {
      LocalWindow window = element.restrictions().window();
      boolean clockOnly =
          element.restrictions().equals(onlyWindow(window))
              && window.days().isEmpty()
              && window.startDate() == null
              && window.endDate() == null;
      boolean energy = element.components().stream().anyMatch(c -> c.type() == Dimension.ENERGY);
      if (clockOnly && energy) {
        mark(minutes, window.startSecond() / 60, window.endSecond() / 60);
      }
    }
    for (boolean minute : minutes) {
      if (!minute) {
        return false;
      }
    }
    return true;
  }

  private static void mark(boolean[] minutes, int start, int end) {
    int length = start < end ? end - start : minutes.length - start + end;
    for (int i = 0; i < length; i++) {
      minutes[(start + i) % minutes.length] = true;
    }
  }

  private void taxes() {
    boolean missing =
        tariff.elements().stream()
            .flatMap(element -> element.components().stream())
            .anyMatch(component -> component.vat() == null && component.price().signum() > 0);
    if (missing && tariff.isTaxed()) {
      warn("elements", "some price components have a vat and some have none");
    }
  }

  private static boolean isPlain(Restrictions restrictions) {
    return new Restrictions(
            restrictions.window(),
            restrictions.kwh(),
            restrictions.current(),
            restrictions.power(),
            restrictions.duration(),
            null,
            restrictions.calendarTiers())
        .equals(Restrictions.NONE);
  }

  private static Restrictions onlyWindow(LocalWindow window) {
    return new Restrictions(
        window,
        Restrictions.Bounds.NONE,
        Restrictions.Bounds.NONE,
        Restrictions.Bounds.NONE,
        Restrictions.Bounds.NONE,
        null);
  }

  private static String path(int element, int component) {
    return "elements[" + element + "].price_components[" + component + "]";
  }

  private void warn(String path, String message) {
    warnings.add(new Warning(path, message));
  }

  /** What competes for one place in a price. */
  private enum LineKind {
    FLAT,
    ENERGY,
    TIME,
    PARKING_TIME,
    SERVICE,
    RESERVED,
    RESERVED_FLAT,
    EXPIRED,
    EXPIRED_FLAT,
    NOTHING;

    static LineKind of(Dimension type, @Nullable ReservationKind reservation) {
      if (reservation == null) {
        return switch (type) {
          case FLAT -> FLAT;
          case ENERGY -> ENERGY;
          case TIME -> TIME;
          case PARKING_TIME -> PARKING_TIME;
          case SERVICE -> SERVICE;
        };
      }
      boolean expires = reservation == ReservationKind.RESERVATION_EXPIRES;
      return switch (type) {
        case FLAT -> expires ? EXPIRED_FLAT : RESERVED_FLAT;
        case TIME -> expires ? EXPIRED : RESERVED;
        case ENERGY, SERVICE, PARKING_TIME -> NOTHING;
      };
    }
  }
}
