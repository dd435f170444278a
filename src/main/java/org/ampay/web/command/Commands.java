package org.ampay.web.command;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.ampay.base.IdSource;
import org.ampay.base.TimeSource;
import org.ampay.base.UrlSecrets;
import org.ampay.station.CommandOutcome;
import org.ampay.station.CommandPort;
import org.ampay.station.Protocol;
import org.ampay.station.StationInfo;
import org.ampay.store.Database;

/** Sends commands for people and keys, and keeps a record of each. */
public final class Commands {

  private static final List<String> SECRET_WORDS =
      List.of("authorizationkey", "basicauthpassword", "password");

  private final CommandPort port;
  private final CommandStore store;
  private final IdSource ids;
  private final TimeSource time;

  public Commands(Database database, CommandPort port, IdSource ids, TimeSource time) {
    this.port = port;
    this.store = new CommandStore(database);
    this.ids = ids;
    this.time = time;
  }

  /**
   * Sends a CALL and waits for what becomes of it; the port bounds the wait.
   *
   * @param payload JSON text
   */
  public CommandOutcome send(StationInfo station, String action, String payload, String actor) {
    long id = ids.next();
    boolean secret = holdsSecret(payload);
    String kept = secret ? "{\"withheld\":true}" : UrlSecrets.masked(payload);
    store.insert(
        new CommandRow(id, actor, cut(action), kept, time.now(), "sent", null),
        station.operatorId(),
        station.id());
    CommandOutcome outcome = await(station, action, payload);
    finish(id, outcome, secret);
    return outcome;
  }

  /** The protocol of a station's connection; empty when it has none. */
  public Optional<Protocol> protocol(long stationId) {
    return port.connected(stationId);
  }

  /** True when the station has a connection. */
  public boolean connected(long stationId) {
    return port.connected(stationId).isPresent();
  }

  /** The newest commands of a station the caller has found in its scope. */
  public List<CommandRow> newest(long stationId, int limit) {
    return store.newest(stationId, limit);
  }

  private CommandOutcome await(StationInfo station, String action, String payload) {
    try {
      return port.send(station, action, payload).toCompletableFuture().get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for a station", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("the command " + action + " failed", e);
    }
  }

  private void finish(long id, CommandOutcome outcome, boolean secret) {
    switch (outcome) {
      case CommandOutcome.Answered a -> finish(id, "answered", secret ? null : a.payload(), "", "");
      case CommandOutcome.Error e -> finish(id, "error", null, e.code(), e.description());
      case CommandOutcome.Invalid i -> finish(id, "invalid", i.payload(), "", i.description());
      case CommandOutcome.UnknownAction u -> finish(id, "error", null, "UnknownAction", "");
      case CommandOutcome.BadPayload b ->
          finish(id, "error", null, "BadPayload", b.field() + ": " + b.description());
      case CommandOutcome.NotConnected n -> finish(id, "offline", null, "", "");
      case CommandOutcome.TimedOut t -> finish(id, "timeout", null, "", "");
    }
  }

  private void finish(
      long id,
      String state,
      @org.jspecify.annotations.Nullable String answer,
      String code,
      String description) {
    store.finish(id, state, time.now(), answer, code, description);
  }

  private static boolean holdsSecret(String payload) {
    String lower = payload.toLowerCase(Locale.ROOT);
    return SECRET_WORDS.stream().anyMatch(lower::contains);
  }

  private static String cut(String action) {
    return action.length() <= 50 ? action : action.substring(0, 50);
  }
}
