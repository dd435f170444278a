package org.ampay.store;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One of the workers of a {@link GroupCommit}. It never sleeps: when it must wait for the database
 * it leaves the thread and is run again later, with the groups that it still owes an answer.
 */
final class GroupDrain<T, R> implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(GroupDrain.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(20);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

  /** How often a decision alone may meet a taken key although looking found nothing. */
  private static final int SINGLE_TRIES = 3;

  private final GroupCommit<T, R> owner;
  private final GroupWriter<T, R> writer;
  private final Deque<Group<T, R>> owed = new ArrayDeque<>();

  /** Some decisions on their way into the database. */
  private static final class Group<T, R> {
    final List<GroupCommit.Entry<T, R>> entries;

    /** Something failed before: a decision may already be in the database. */
    boolean lookFirst;

    /** The lost answer that leaves open whether these decisions are committed. */
    StoreException.@Nullable CommitUnknown doubt;

    int tries;
    int outages;
    long outageSince;

    Group(List<GroupCommit.Entry<T, R>> entries) {
      this.entries = entries;
    }

    List<T> decisions() {
      return entries.stream().map(GroupCommit.Entry::decision).toList();
    }

    Group<T, R> part(int from, int to) {
      Group<T, R> part = new Group<>(List.copyOf(entries.subList(from, to)));
      part.lookFirst = true;
      part.doubt = doubt;
      return part;
    }
  }

  GroupDrain(GroupCommit<T, R> owner, GroupWriter<T, R> writer) {
    this.owner = owner;
    this.writer = writer;
  }

  @Override
  public void run() {
    while (true) {
      if (owed.isEmpty()) {
        List<GroupCommit.Entry<T, R>> entries = owner.takeGroup();
        if (entries.isEmpty()) {
          return;
        }
        owed.push(new Group<>(entries));
      }
      Duration pause = attempt(owed.pop());
      if (pause.isPositive()) {
        owner.resumeLater(this, pause);
        return;
      }
    }
  }

  /** Tells everybody who still waits that it is over. */
  void abandon(Throwable cause) {
    while (!owed.isEmpty()) {
      fail(owed.pop(), cause);
    }
  }

  /** Tries a group once; whatever is not settled by that is owed again. Returns a pause or zero. */
  private Duration attempt(Group<T, R> group) {
    long start = owner.time().nanos();
    try {
      List<R> results = writer.commit(group.decisions(), group.lookFirst);
      owner.meters().committed(results.size(), owner.time().nanos() - start);
      succeed(group, results);
      return Duration.ZERO;
    } catch (StoreException.CommitUnknown e) {
      group.doubt = e;
      return again(group, e);
    } catch (StoreException.Unavailable e) {
      return again(group, e);
    } catch (RuntimeException | Error e) {
      divide(group, e);
      return Duration.ZERO;
    }
  }

  /** The database is away or was for a moment. The first repetition follows at once. */
  private Duration again(Group<T, R> group, StoreException cause) {
    long now = owner.time().nanos();
    group.lookFirst = true;
    if (group.outages++ == 0) {
      group.outageSince = now;
      LOG.warn("commit of {} decisions interrupted: {}", group.entries.size(), cause.getMessage());
    } else if (now - group.outageSince > owner.patience().toNanos()) {
      fail(group, group.doubt == null ? cause : group.doubt);
      return Duration.ZERO;
    }
    owner.meters().repeated();
    owed.push(group);
    if (group.outages == 1) {
      return Duration.ZERO;
    }
    Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(group.outages - 2, 10));
    return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
  }

  /**
   * Something in the group cannot be written: its halves are tried, the first one first. A decision
   * alone gets one more try after a look; and when its key is taken although a look found nothing,
   * the transaction whose answer was lost was still committing: then another.
   */
  private void divide(Group<T, R> group, Throwable cause) {
    int size = group.entries.size();
    if (size > 1) {
      owner.meters().repeated();
      owed.push(group.part(size / 2, size));
      owed.push(group.part(0, size / 2));
      return;
    }
    group.tries++;
    boolean racing = cause instanceof StoreException.DuplicateKey && group.tries < SINGLE_TRIES;
    if (!group.lookFirst || racing) {
      owner.meters().repeated();
      group.lookFirst = true;
      owed.push(group);
      return;
    }
    fail(group, cause);
  }

  private void succeed(Group<T, R> group, List<R> results) {
    List<CommitResult<R>> answers = new ArrayList<>(results.size());
    for (R result : results) {
      answers.add(new CommitResult.Committed<>(result));
    }
    owner.answer(group.entries, answers);
  }

  private void fail(Group<T, R> group, Throwable cause) {
    LOG.error("{} decisions could not be committed", group.entries.size(), cause);
    owner.meters().failed(group.entries.size());
    List<CommitResult<R>> answers = new ArrayList<>(group.entries.size());
    for (int i = 0; i < group.entries.size(); i++) {
      answers.add(new CommitResult.Failed<>(cause));
    }
    owner.answer(group.entries, answers);
  }
}
