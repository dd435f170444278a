package org.ampay.charging;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ampay.base.TimeSource;
import org.ampay.station.StationDirectory;
import org.ampay.station.StationInfo;
import org.ampay.store.Job;
import org.ampay.store.JobHandler;
import org.ampay.store.JobStore;
import org.ampay.store.Transactor;

/**
 * The job that looks at a session again: events of it are missing, or late ones have come.
 *
 * <p>Where events are missing the station is asked (GetTransactionStatus). While it says that
 * messages wait, so does the bill; when it says that none do, the session is billed by its
 * registers, which are whole. When it cannot tell, or the time is up, a person decides. Whatever
 * comes later is judged again.
 */
public final class SessionChecks implements JobHandler {

  /** The kind of its jobs; their reference is the session's id. */
  public static final String KIND = SessionJobs.CHECK;

  /**
   * How long.
   *
   * @param again between two questions
   * @param limit after the end of a session, for its missing events to come
   */
  public record Patience(Duration again, Duration limit) {

    /** 15 seconds, 6 hours. */
    public static final Patience DEFAULT =
        new Patience(Duration.ofSeconds(15), Duration.ofHours(6));
  }

  static final String TOO_LATE = "the missing events did not come in time";
  static final String CANNOT_TELL = "its station cannot tell of missing events";

  private final Sessions.Storage storage;
  private final JobStore jobs;
  private final SessionPort sessions;
  private final StationDirectory stations;
  private final StationQuestions questions;
  private final TimeSource time;
  private final Patience patience;

  public SessionChecks(
      Sessions.Storage storage,
      JobStore jobs,
      SessionPort sessions,
      StationDirectory stations,
      StationQuestions questions,
      TimeSource time,
      Patience patience) {
    this.storage = storage;
    this.jobs = jobs;
    this.sessions = sessions;
    this.stations = stations;
    this.questions = questions;
    this.time = time;
    this.patience = patience;
  }

  @Override
  public void handle(List<Job> claimed) {
    List<Long> ids = claimed.stream().map(Job::ref).distinct().toList();
    Transactor transactor = storage.transactor();
    Map<Long, StoredSession> found = transactor.call(tx -> storage.store().whole(tx, ids));
    Set<Long> seen = new HashSet<>();
    for (Job job : claimed) {
      StoredSession session = found.get(job.ref());
      Optional<StationInfo> station =
          session == null ? Optional.empty() : stations.byId(session.row().identity().stationId());
      if (session == null || station.isEmpty() || !seen.add(job.ref())) {
        done(job);
      } else {
        look(job, session, station.get());
      }
    }
  }

  /** The job stays while something is under way: a later run finds what became of it. */
  private void look(Job job, StoredSession session, StationInfo station) {
    SessionRow row = session.row();
    boolean gap = row.remarks().has(Lifecycle.GAP);
    boolean missing = !session.events().missing().isEmpty();
    boolean review = row.end() != null && waits(row);
    if (review && (row.remarks().has(Lifecycle.STOP_CAME) || (gap && !missing))) {
      later(job);
      submit(session, station, new Rule.Rejudge(false, ""));
    } else if (!gap || !missing || gaveUp(row)) {
      done(job);
    } else if (row.end() == null) {
      done(job);
      ask(session, station);
    } else if (!review) {
      done(job);
    } else if (time.now().isAfter(deadline(row))) {
      later(job);
      submit(session, station, new Rule.Rejudge(false, TOO_LATE));
    } else {
      later(job);
      ask(session, station);
    }
  }

  /** From here on a person decides; an event that comes nevertheless makes a new job. */
  private static boolean gaveUp(SessionRow row) {
    return row.remarks().has(TOO_LATE) || row.remarks().has(CANNOT_TELL);
  }

  private static boolean waits(SessionRow row) {
    return row.state() == SessionState.REVIEW || row.state() == SessionState.REJECTED;
  }

  private Instant deadline(SessionRow row) {
    Session.End end = row.end();
    return end == null ? Instant.MAX : end.receivedAt().plus(patience.limit());
  }

  private void ask(StoredSession session, StationInfo station) {
    boolean over = session.row().end() != null;
    questions
        .standing(station, session.row().identity().transactionId())
        .thenAccept(standing -> answered(session, station, standing, over));
  }

  private void answered(
      StoredSession session,
      StationInfo station,
      StationQuestions.Standing standing,
      boolean over) {
    switch (standing) {
      case StationQuestions.Standing.Told(Optional<Boolean> ongoing, boolean queued) -> {
        boolean ended = !ongoing.orElse(false);
        if (!queued && over) {
          submit(
              session,
              station,
              new Rule.Rejudge(
                  true,
                  "events " + session.events().missingText() + " are lost, its station says"));
        } else if (!queued && ended && ongoing.isPresent()) {
          submit(session, station, new Rule.Close("it is over, its station says"));
        }
      }
      case StationQuestions.Standing.CannotTell(String why) -> {
        if (over) {
          submit(session, station, new Rule.Rejudge(false, CANNOT_TELL));
        }
      }
      case StationQuestions.Standing.Away away -> {}
    }
  }

  private void done(Job job) {
    storage.transactor().run(tx -> jobs.done(tx, List.of(job)));
  }

  private void later(Job job) {
    Instant next = time.now().plus(patience.again());
    storage.transactor().run(tx -> jobs.retry(tx, job, next, "waits"));
  }

  private void submit(StoredSession session, StationInfo station, Rule rule) {
    Session.Identity identity = session.row().identity();
    sessions.submit(
        new SessionPort.Report(
            station,
            identity.protocol(),
            new SessionCommand.Ruling(identity.id(), rule),
            "",
            time.now()));
  }
}
