package org.ampay.station.device;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ampay.station.Inventory;
import org.ampay.station.NewStation;
import org.ampay.station.Registration;
import org.ampay.station.Site;
import org.ampay.station.StationInfo;
import org.ampay.station.device.Provisioning.Decision;
import org.ampay.station.device.StationImport.Line;
import org.ampay.station.device.StationImport.LineError;
import org.jspecify.annotations.Nullable;

/** Makes stations of identities that knocked, and of lists of stations that are to come. */
public final class Onboarding {

  /**
   * What became of a list: all of it, or nothing.
   *
   * @param errors empty: everything was made
   */
  public record Imported(List<StationInfo> made, List<LineError> errors) {
    public Imported {
      made = List.copyOf(made);
      errors = List.copyOf(errors);
    }
  }

  private final Inventory inventory;
  private final Provisioning provisioning;
  private final UnknownStations unknown;

  public Onboarding(Inventory inventory, Provisioning provisioning, UnknownStations unknown) {
    this.inventory = inventory;
    this.provisioning = provisioning;
    this.unknown = unknown;
  }

  public UnknownStations unknown() {
    return unknown;
  }

  /**
   * Makes a station of an identity, whether it has knocked or not; it is let in when it knocks the
   * next time.
   *
   * @param decision null: as the operator wants it with new stations
   * @throws Inventory.InventoryException when the identity is taken or the site unknown
   */
  public StationInfo adopt(
      NewStation station, Optional<String> password, @Nullable Registration decision, String by) {
    Inventory.Draft draft = new Inventory.Draft(station, password);
    StationInfo made =
        inventory
            .createStations(
                List.of(draft),
                (tx, created) -> {
                  if (decision != null) {
                    provisioning.expect(tx, created, new Decision(decision, null, by));
                  }
                })
            .getFirst();
    provisioning.refresh();
    unknown.forget(station.identity());
    return made;
  }

  /**
   * Makes all stations of a CSV text, or none and tells what is wrong with each line.
   *
   * @param defaultSite of lines that name none; empty: each must
   */
  public Imported importAll(long operatorId, String csv, Optional<Site> defaultSite, String by) {
    StationImport.Parsed parsed = StationImport.parse(csv);
    List<LineError> errors = new ArrayList<>(parsed.errors());
    List<Inventory.Draft> drafts = new ArrayList<>();
    Set<String> named = new HashSet<>();
    for (Line line : parsed.lines()) {
      Optional<Site> site = site(operatorId, line, defaultSite);
      if (site.isEmpty()) {
        String what =
            line.site().isEmpty() ? "must be named" : "there is no site '" + line.site() + "'";
        errors.add(new LineError(line.number(), "site", what));
      }
      if (!named.add(line.identity())) {
        errors.add(new LineError(line.number(), "id", "'" + line.identity() + "' comes twice"));
      } else if (inventory.byIdentity(line.identity()).isPresent()) {
        errors.add(
            new LineError(
                line.number(), "id", "there is a station '" + line.identity() + "' already"));
      }
      site.ifPresent(
          s -> drafts.add(new Inventory.Draft(line.station(operatorId, s.id()), line.password())));
    }
    if (!errors.isEmpty()) {
      return new Imported(List.of(), errors);
    }
    return new Imported(make(drafts, parsed.lines(), by), List.of());
  }

  private List<StationInfo> make(List<Inventory.Draft> drafts, List<Line> lines, String by) {
    java.util.Map<String, Line> byIdentity = new java.util.HashMap<>();
    lines.forEach(line -> byIdentity.put(line.identity(), line));
    List<StationInfo> made =
        inventory.createStations(
            drafts,
            (tx, created) -> {
              Line line = byIdentity.get(created.station().identity());
              if (line != null && (line.decision() != null || !line.serial().isEmpty())) {
                String serial = line.serial().isEmpty() ? null : line.serial();
                provisioning.expect(tx, created, new Decision(line.decision(), serial, by));
              }
            });
    provisioning.refresh();
    return made;
  }

  private Optional<Site> site(long operatorId, Line line, Optional<Site> otherwise) {
    if (line.site().isEmpty()) {
      return otherwise;
    }
    return inventory.sites(operatorId).stream()
        .filter(s -> s.code().equals(line.site()) || String.valueOf(s.id()).equals(line.site()))
        .findFirst();
  }
}
