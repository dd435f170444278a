package org.ampay.gateway;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntSupplier;
import org.ampay.station.CommandOutcome;

/** The gateway's counters. Registered once: a look-up a frame would cost more than the frame. */
final class GatewayMetrics {

  private final MeterRegistry registry;
  private final Map<Violation, Counter> violations = new EnumMap<>(Violation.class);
  final Counter calls;
  final Counter answers;
  final Counter unavailable;
  final Counter replaced;
  final Counter faults;
  final Counter tlsRefused;

  GatewayMetrics(MeterRegistry registry) {
    this.registry = registry;
    for (Violation violation : Violation.values()) {
      violations.put(
          violation, registry.counter("ampay.gateway.violations", "kind", violation.label()));
    }
    calls = registry.counter("ampay.gateway.messages", "type", "call");
    answers = registry.counter("ampay.gateway.messages", "type", "answer");
    unavailable = registry.counter("ampay.gateway.closed", "reason", "unavailable");
    replaced = registry.counter("ampay.gateway.closed", "reason", "replaced");
    faults = registry.counter("ampay.gateway.closed", "reason", "fault");
    tlsRefused = registry.counter("ampay.gateway.closed", "reason", "tls");
  }

  void violation(Violation violation) {
    Objects.requireNonNull(violations.get(violation)).increment();
  }

  /** One handshake, by its HTTP status (101: let in). */
  void handshake(int status) {
    registry.counter("ampay.gateway.handshakes", "status", Integer.toString(status)).increment();
  }

  /** One command to a station, by its outcome. */
  void command(CommandOutcome outcome) {
    String label = outcome.getClass().getSimpleName();
    registry.counter("ampay.gateway.commands", "outcome", label).increment();
  }

  void watchConnections(IntSupplier connections) {
    registry.gauge("ampay.gateway.connections", this, metrics -> connections.getAsInt());
  }
}
