package org.ampay.billing.catalog;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Function;
import org.ampay.base.IdSource;
import org.ampay.base.TimeSource;
import org.ampay.store.Transactor;
import org.ampay.store.Tx;
import org.ampay.tariff.InvalidInputException;

/** What the desks of this package share: the database, and the picture of it in memory. */
final class Catalog {

  private static final int MAX_NAME = 100;

  final TariffStore tariffs;
  final CalendarStore calendars = new CalendarStore();
  final AssignmentStore assignments = new AssignmentStore();
  final DecisionStore decisions = new DecisionStore();
  private final PictureReader reader;
  private final Transactor transactor;
  private final IdSource ids;
  private final TimeSource time;
  private final Object refreshing = new Object();
  private volatile TariffPicture picture = TariffPicture.EMPTY;

  Catalog(Transactor transactor, TariffStore tariffs, IdSource ids, TimeSource time) {
    this.transactor = transactor;
    this.tariffs = tariffs;
    this.ids = ids;
    this.time = time;
    this.reader = new PictureReader(tariffs, calendars, assignments);
  }

  TariffPicture picture() {
    return picture;
  }

  <R> R read(Function<Tx, R> work) {
    return transactor.call(work);
  }

  /** Runs a write and takes it into the picture before it returns. */
  <R> R write(Function<Tx, R> work) {
    R result =
        transactor.call(
            tx -> {
              tariffs.countChange(tx); // first: one writer after the other
              return work.apply(tx);
            });
    refresh();
    return result;
  }

  void refresh() {
    synchronized (refreshing) {
      picture = transactor.call(tx -> reader.follow(tx, picture));
    }
  }

  /** Who makes something now, and whether that needs a second person. */
  Made made(Tx tx, long operatorId, Author author) {
    boolean needed = decisions.isNeeded(tx, operatorId);
    return new Made(author, now(), needed ? new Approval(true, null) : Approval.NOT_NEEDED);
  }

  long nextId() {
    return ids.next();
  }

  Instant now() {
    return time.now().truncatedTo(ChronoUnit.MILLIS);
  }

  static String checkName(String name) {
    String stripped = name.strip();
    require(
        !stripped.isEmpty() && stripped.length() <= MAX_NAME,
        "name",
        "must have 1 to " + MAX_NAME + " characters");
    require(
        stripped.chars().noneMatch(Character::isISOControl),
        "name",
        "must not have control characters");
    return stripped;
  }

  static void require(boolean holds, String path, String reason) {
    if (!holds) {
      throw new InvalidInputException(path, reason);
    }
  }
}
