package org.ampay.access;

import static org.ampay.access.AuthorizationStatus.ACCEPTED;
import static org.ampay.access.AuthorizationStatus.NOT_ALLOWED_TYPE_EVSE;
import static org.ampay.access.AuthorizationStatus.NOT_AT_THIS_LOCATION;

import java.util.List;
import java.util.stream.Stream;
import org.ampay.access.Token.AllowedEvse;
import org.ampay.station.StationInfo;
import org.ampay.station.StationInfo.EvseInfo;

/**
 * Where on a station a token may charge (C01.FR.18 to C01.FR.22).
 *
 * @param evses those it may use, ascending, when they are not all; else empty
 */
record AllowedHere(AuthorizationStatus status, List<Integer> evses) {

  private static final AllowedHere EVERYWHERE = new AllowedHere(ACCEPTED, List.of());

  /**
   * The verdict.
   *
   * @param asked the EVSEs that the station names; empty when it does not say
   */
  static AllowedHere of(Token token, StationInfo station, List<Integer> asked) {
    if (token.allowedEvses().isEmpty() && token.traits().evseType() == null) {
      return EVERYWHERE;
    }
    List<AllowedEvse> here =
        token.allowedEvses().stream().filter(e -> e.station().equals(station.identity())).toList();
    boolean whole = token.allowedEvses().isEmpty() || here.stream().anyMatch(e -> e.evse() == 0);
    if (!whole && here.isEmpty()) {
      return refused(NOT_AT_THIS_LOCATION);
    }
    List<Integer> listed =
        whole ? all(station) : here.stream().map(AllowedEvse::evse).sorted().distinct().toList();
    List<Integer> wanted =
        asked.isEmpty() ? listed : asked.stream().filter(n -> whole || listed.contains(n)).toList();
    if (wanted.isEmpty() && !(whole && asked.isEmpty())) {
      return refused(NOT_AT_THIS_LOCATION);
    }
    if (!wanted.isEmpty() && wanted.stream().noneMatch(n -> fits(token, station, n))) {
      return refused(NOT_ALLOWED_TYPE_EVSE);
    }
    List<Integer> allowed = listed.stream().filter(n -> fits(token, station, n)).toList();
    return new AllowedHere(ACCEPTED, allowed.equals(all(station)) ? List.of() : allowed);
  }

  /** An EVSE that the inventory does not know may be of any current. */
  private static boolean fits(Token token, StationInfo station, int evseNo) {
    String type = token.traits().evseType();
    return type == null
        || station.evse(evseNo).map(evse -> evse.direct() == type.equals("DC")).orElse(true);
  }

  private static List<Integer> all(StationInfo station) {
    Stream<Integer> numbers = station.evses().stream().map(EvseInfo::evseNo);
    return numbers.sorted().toList();
  }

  private static AllowedHere refused(AuthorizationStatus status) {
    return new AllowedHere(status, List.of());
  }
}
