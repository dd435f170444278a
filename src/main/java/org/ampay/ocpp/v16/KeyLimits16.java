package org.ampay.ocpp.v16;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.ampay.ocpp.edge.StationEdge.Objection;
import org.ampay.ocpp.v16.wire.GetConfigurationRequest;
import org.ampay.ocpp.v16.wire.GetConfigurationResponse;
import org.ampay.ocpp.v16.wire.KeyValue;
import org.ampay.ocpp.wire.WireObject;

/**
 * How many keys a station lets itself be asked for at a time (1.6 5.8): learned from what it
 * answers, so that it is known as soon as its configuration was read once.
 */
final class KeyLimits16 {

  private static final String KEY = "GetConfigurationMaxKeys";
  private static final int MOST_STATIONS = 1_000_000;

  private final Map<Long, Integer> maxKeys = new ConcurrentHashMap<>();

  void learn(long stationId, WireObject response) {
    if (response instanceof GetConfigurationResponse configuration) {
      for (KeyValue key : configuration.configurationKey()) {
        String value = key.value();
        boolean room = maxKeys.size() < MOST_STATIONS || maxKeys.containsKey(stationId);
        if (room && key.key().equals(KEY) && value != null && value.matches("[1-9][0-9]{0,5}")) {
          maxKeys.put(stationId, Integer.parseInt(value));
        }
      }
    }
  }

  Optional<Objection> objection(long stationId, WireObject request) {
    Integer max = maxKeys.get(stationId);
    return max != null
            && request instanceof GetConfigurationRequest wanted
            && wanted.key().size() > max
        ? Optional.of(new Objection("key", "has more than the " + max + " keys that it takes"))
        : Optional.empty();
  }
}
