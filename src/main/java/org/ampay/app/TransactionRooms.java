package org.ampay.app;

import org.ampay.charging.LostStopStore;
import org.ampay.charging.LostStops;
import org.ampay.charging.SessionChecks;
import org.ampay.charging.StationQuestions;
import org.ampay.ocpp.v201.TransactionTalk201;
import org.ampay.station.CommandPort;
import org.ampay.store.JobRunner;

/**
 * What looks after sessions besides their stations: missing events, lost stops, drivers' displays.
 */
final class TransactionRooms {

  private final CoreRooms core;
  private final Threads threads;
  private final StationQuestions questions;
  private final LostStops lostStops;
  private final Settings.Sessions settings;

  TransactionRooms(Foundation on, CoreRooms core, Threads threads, CommandPort commands) {
    this.core = core;
    this.threads = threads;
    this.settings = on.settings().sessions();
    this.questions = new TransactionTalk201(commands);
    core.drivers.open(commands, questions);
    this.lostStops =
        new LostStops(
            new LostStopStore(on.database()),
            core.sessions,
            core.inventory,
            questions,
            on.time(),
            settings.lostStops());
    core.runner.register(
        JobRunner.Settings.of(SessionChecks.KIND),
        new SessionChecks(
            core.storage,
            core.jobs,
            core.sessions,
            core.inventory,
            questions,
            on.time(),
            settings.missingEvents()));
  }

  /** Begins with what is done now and then. */
  void start() {
    threads.repeat("lost stops", settings.sweep(), lostStops::sweep);
    core.drivers.start(core);
  }
}
