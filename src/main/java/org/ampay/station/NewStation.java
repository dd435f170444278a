package org.ampay.station;

import java.util.List;

/**
 * A station to be made.
 *
 * @param identity the last path element of its URL, 1 to 48 visible characters without {@code / :}
 * @param securityProfile 0 (no credentials) to 3
 */
public record NewStation(
    long operatorId,
    long siteId,
    String identity,
    String name,
    int securityProfile,
    List<NewEvse> evses) {

  /**
   * @param maxPowerW what one of its connectors can deliver, watts
   */
  public record NewEvse(
      int evseNo, boolean direct, int phases, int maxPowerW, List<NewConnector> connectors) {
    public NewEvse {
      connectors = List.copyOf(connectors);
    }
  }

  /**
   * @param standard OCPI ConnectorType, for example {@code IEC_62196_T2}
   */
  public record NewConnector(int connectorNo, String standard) {}

  public NewStation {
    evses = List.copyOf(evses);
    checkIdentity(identity);
    if (securityProfile < 0 || securityProfile > 3) {
      throw new IllegalArgumentException("security_profile: must be 0 to 3");
    }
  }

  private static void checkIdentity(String identity) {
    boolean visible = identity.chars().allMatch(c -> c > ' ' && c != '/' && c != ':' && c != 127);
    if (identity.isEmpty() || identity.length() > 48 || !visible) {
      throw new IllegalArgumentException(
          "id: must be 1 to 48 visible characters without '/' and ':'");
    }
  }
}
