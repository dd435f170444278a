package org.ampay.power;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ampay.power.Schedule.Unit;
import org.ampay.station.device.DeviceReadStore;
import org.ampay.station.device.VariableKey;
import org.ampay.station.device.VariableRow;
import org.jspecify.annotations.Nullable;

/**
 * What stations can do, from their last reported configuration (1.6 9.4) and device model (2.0.1
 * SmartChargingCtrlr).
 */
public final class DeviceLimits implements StationLimits.Source {

  private static final String COMPONENT = "SmartChargingCtrlr";
  private static final int MOST_VARIABLES = 300;

  private final DeviceReadStore devices;

  public DeviceLimits(DeviceReadStore devices) {
    this.devices = devices;
  }

  @Override
  public StationLimits of(long stationId, int evseNo) {
    Map<String, VariableRow> model = model(stationId, evseNo);
    return new StationLimits(
        first(number(model, "ProfileStackLevel"), setting(stationId, "ChargeProfileMaxStackLevel")),
        units(stationId, model),
        first(
            number(model, "PeriodsPerSchedule"), setting(stationId, "ChargingScheduleMaxPeriods")),
        first(most(model), setting(stationId, "MaxChargingProfilesInstalled")),
        model.containsKey("ACPhaseSwitchingSupported")
            && "true".equalsIgnoreCase(model.get("ACPhaseSwitchingSupported").value()));
  }

  /** By the variable's name; of the EVSE where it has one, else of the station. */
  private Map<String, VariableRow> model(long stationId, int evseNo) {
    List<VariableRow> rows =
        devices.variables(
            stationId, new DeviceReadStore.Filter("", COMPONENT, null), 0, MOST_VARIABLES);
    Map<String, VariableRow> model = new HashMap<>();
    for (VariableRow row : rows) {
      VariableKey key = row.key();
      boolean here = key.evseNo() == 0 || key.evseNo() == evseNo;
      VariableRow other = model.get(key.variable());
      if (here
          && key.attribute().equals(VariableKey.ACTUAL)
          && (other == null || other.key().evseNo() == 0)) {
        model.put(key.variable(), row);
      }
    }
    return model;
  }

  private Set<Unit> units(long stationId, Map<String, VariableRow> model) {
    VariableRow row = model.get("RateUnit");
    String told = row == null ? null : row.value();
    String text =
        told != null
            ? told
            : devices
                .value(stationId, VariableKey.setting("ChargingScheduleAllowedChargingRateUnit"))
                .orElse("");
    Set<Unit> units = EnumSet.noneOf(Unit.class);
    for (String word : text.split(",")) {
      switch (word.strip()) {
        case "A", "Current" -> units.add(Unit.A);
        case "W", "Power" -> units.add(Unit.W);
        default -> {} // a word of a vendor limits nothing
      }
    }
    return units;
  }

  private static @Nullable Integer number(Map<String, VariableRow> model, String variable) {
    VariableRow row = model.get(variable);
    return row == null ? null : number(row.value());
  }

  /** Entries[ChargingProfiles] says how many there are; its maxLimit how many there can be. */
  private static @Nullable Integer most(Map<String, VariableRow> model) {
    VariableRow row = model.get("Entries");
    return row == null ? null : number(row.traits().maxLimit());
  }

  private @Nullable Integer setting(long stationId, String key) {
    return number(devices.value(stationId, VariableKey.setting(key)).orElse(null));
  }

  private static @Nullable Integer number(@Nullable String text) {
    return text != null && text.matches("[0-9]{1,6}([.]0*)?")
        ? Integer.valueOf(text.replaceFirst("[.].*", ""))
        : null;
  }

  private static @Nullable Integer first(@Nullable Integer one, @Nullable Integer other) {
    return one == null ? other : one;
  }
}
