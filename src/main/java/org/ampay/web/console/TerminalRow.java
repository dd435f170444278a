package org.ampay.web.console;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ampay.ocpi.terminal.Terminal;

/**
 * A card terminal.
 *
 * @param service the name of the partner that told it
 * @param locations their names where they are ours, else their ids
 * @param evses station and number where they are ours, else {@code #uid}
 */
public record TerminalRow(
    Terminal terminal, String service, List<String> locations, List<String> evses) {

  public TerminalRow {
    locations = List.copyOf(locations);
    evses = List.copyOf(evses);
  }

  /** What it is called and where it stands, by its service; empty when that says nothing. */
  public String where() {
    Terminal.Told told = terminal.told();
    return Stream.of(told.reference(), told.address(), told.city())
        .filter(text -> !text.isEmpty())
        .collect(Collectors.joining(", "));
  }

  public boolean isAssigned() {
    return !locations.isEmpty() || !evses.isEmpty();
  }
}
