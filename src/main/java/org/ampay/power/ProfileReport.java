package org.ampay.power;

import java.util.List;

/**
 * A part of a report of profiles.
 *
 * @param toBeContinued more parts follow
 */
public record ProfileReport(
    int requestId, int evseNo, String source, List<Item> profiles, boolean toBeContinued) {

  /**
   * A profile that the station has.
   *
   * @param json the profile alone, in the words of its version
   */
  public record Item(Profile profile, String json) {}

  public ProfileReport {
    profiles = List.copyOf(profiles);
  }
}
