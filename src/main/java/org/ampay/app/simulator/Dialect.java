package org.ampay.app.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;
import org.ampay.app.simulator.Call.Message;
import org.jspecify.annotations.Nullable;

/** How one OCPP version says what a station has to say. */
interface Dialect {

  /** For example {@code ocpp1.6}. */
  String subprotocol();

  Message boot(String reason);

  Message status(Outlet outlet, PlugState state, Instant at);

  Message authorize(String token);

  Charge charge(Outlet outlet, String token, @Nullable Integer remoteStartId);

  Message started(Charge charge, Sample sample);

  Message reading(Charge charge, Sample sample);

  /** A change of the charging state, where the version has a transaction message for it. */
  Optional<Message> changed(Charge charge, Sample sample, PlugState state);

  Message ended(Charge charge, Sample sample, StopCause cause);

  /**
   * Takes from the answer to {@link #started} what the charge needs; false: the token is refused.
   */
  boolean start(Charge charge, JsonNode answer);

  /** Whether an answer accepts the token it is about; true when it says nothing of one. */
  boolean accepts(JsonNode answer);

  /** The answer to a command, empty when the station does not know the action. */
  Optional<ObjectNode> answer(String action, JsonNode payload, StationControls controls);
}
