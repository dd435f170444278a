package org.ampay.ocpp.edge;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.ampay.ocpp.edge.RemoteOrders.Order;
import org.ampay.station.device.Observation;
import org.ampay.station.device.VariableKey;

/** How one OCPP version reads and writes what a station has. */
public interface DeviceDialect {

  /** What a station says of its own limits. */
  @FunctionalInterface
  interface Limits {

    /** A positive number; empty when the station has not told. */
    OptionalInt of(VariableKey key);
  }

  /** How a request is sent. */
  sealed interface Plan {

    /**
     * In so many messages, one after the other.
     *
     * @param payloads JSON texts
     */
    record Parts(List<String> payloads) implements Plan {
      public Parts {
        payloads = List.copyOf(payloads);
      }
    }

    /** Not at all. */
    record Refused(String field, String description) implements Plan {}
  }

  /** The actions whose requests are bound by limits. */
  Set<String> limited();

  /** The actions whose answers tell something of the station. */
  Set<String> telling();

  /** Cuts a request into what the station takes at once. */
  Plan plan(String action, String payload, Limits limits);

  /** The answers to the parts of a plan as the answer to the whole. */
  String merged(String action, List<String> answers);

  /** What the answer to a command tells; both as JSON, checked before. */
  List<Observation> observed(String action, String payload, String answer);

  /** Asks for everything. */
  Order readModel(int requestId);

  /** Asks for every monitor; empty: this version has none. */
  Optional<Order> readMonitors(int requestId);

  /** Asks for a BootNotification. */
  Order bootAgain();
}
