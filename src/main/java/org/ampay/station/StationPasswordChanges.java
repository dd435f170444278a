package org.ampay.station;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.ampay.station.StationCredentials.Shown;
import org.ampay.station.StationStore.StationRow;
import org.ampay.store.Database;
import org.ampay.store.Tx;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes of the stations' passwords (A01). A new one is kept beside the old one before it is sent,
 * so that no crash and no lost answer can lock a station out:
 *
 * <ul>
 *   <li>accepted: the new one holds, the old one is dead (A01.FR.03);
 *   <li>refused: the old one holds (A01.FR.04);
 *   <li>no answer: both are good until the station has used one, and that one holds.
 * </ul>
 */
public final class StationPasswordChanges {

  /** What became of a password that was sent. */
  public enum Outcome {
    TAKEN,
    /** Taken, in force after the next reboot. */
    AFTER_REBOOT,
    REFUSED,
    /** It never left. */
    NOT_SENT,
    /** Sent, and the answer is lost or makes no sense. */
    UNKNOWN
  }

  /** Whose hash the shown password has. */
  enum Match {
    NONE,
    CURRENT,
    PENDING
  }

  /** A password on its way. */
  public record Offer(long stationId, byte[] hash) {}

  /** A password that waits for its station to connect. */
  public record Waiting(StationInfo station, String password) {

    /** Never shows the password. */
    @Override
    public String toString() {
      return "Waiting[" + station.identity() + "]";
    }
  }

  /** What a connection settles, to be written. */
  interface Settled {
    void write(Tx tx);
  }

  private static final Logger LOG = LoggerFactory.getLogger(StationPasswordChanges.class);
  private static final int HASH_BYTES = 32;
  private static final int MAX_PENDING = 2;

  private final Inventory inventory;
  private final StationPasswords passwords;
  private final SecurityStore store;
  private final Set<Long> asking = ConcurrentHashMap.newKeySet();

  public StationPasswordChanges(
      Inventory inventory, StationPasswords passwords, Database database) {
    this.inventory = inventory;
    this.passwords = passwords;
    this.store = new SecurityStore(database);
  }

  /** User name = identity, and one of the passwords that are good at the moment (A00.FR.207). */
  Match match(StationRow row, Shown shown) {
    if (!shown.user().equals(row.info().identity())) {
      return Match.NONE;
    }
    byte[] current = row.passwordHash();
    if (current != null && passwords.matches(row.info().id(), shown.password(), current)) {
      return Match.CURRENT;
    }
    return used(row, shown).isPresent() ? Match.PENDING : Match.NONE;
  }

  private Optional<byte[]> used(StationRow row, Shown shown) {
    return pending(row).stream()
        .filter(hash -> passwords.matches(row.info().id(), shown.password(), hash))
        .findFirst();
  }

  /** What it settles that the station has come in with this password. */
  Optional<Settled> usedBy(StationRow row, Shown shown) {
    long id = row.info().id();
    return switch (match(row, shown)) {
      case NONE -> Optional.empty();
      case PENDING -> {
        byte[] hash = used(row, shown).orElseThrow();
        byte[] first = pending(row).getFirst();
        boolean otherWaits =
            row.change().state() == PasswordState.WAITING && !Arrays.equals(first, hash);
        yield Optional.of(
            otherWaits
                ? tx ->
                    store.passwords(
                        tx, id, hash, first, PasswordState.WAITING, row.change().secret())
                : tx -> store.passwords(tx, id, hash, new byte[0], PasswordState.SETTLED, null));
      }
      case CURRENT ->
          row.change().state() == PasswordState.OPEN && !asking.contains(id)
              ? Optional.of(
                  tx -> store.passwords(tx, id, null, new byte[0], PasswordState.SETTLED, null))
              : Optional.empty();
    };
  }

  /**
   * A password is about to be sent: it is good from now on, beside the old one.
   *
   * @param text as the command has it: hex digits in OCPP 1.6
   * @return empty when another change is under way or two are open
   */
  public Optional<Offer> offer(long stationId, String text) {
    if (!asking.add(stationId)) {
      return Optional.empty();
    }
    boolean offered = false;
    try {
      StationRow row = inventory.row(stationId).orElseThrow();
      byte[] hash = passwords.hash(stationId, text);
      List<byte[]> open = pending(row);
      if (open.size() == MAX_PENDING && row.change().state() == PasswordState.WAITING) {
        open = open.subList(0, 1);
      }
      if (open.stream().noneMatch(other -> Arrays.equals(other, hash))) {
        open = new ArrayList<>(open);
        open.add(hash);
      }
      if (open.size() > MAX_PENDING) {
        return Optional.empty();
      }
      PasswordState state =
          row.change().state() == PasswordState.SETTLED ? PasswordState.OPEN : row.change().state();
      byte[] joined = joined(open);
      inventory.rewrite(
          stationId,
          tx -> store.passwords(tx, stationId, null, joined, state, row.change().secret()));
      offered = true;
      return Optional.of(new Offer(stationId, hash));
    } finally {
      if (!offered) {
        asking.remove(stationId);
      }
    }
  }

  /** What became of it. */
  public void settle(Offer offer, Outcome outcome) {
    try {
      inventory.row(offer.stationId()).ifPresent(row -> settle(row, offer.hash(), outcome));
    } finally {
      asking.remove(offer.stationId());
    }
    LOG.info("station id {}: password change {}", offer.stationId(), outcome);
  }

  private void settle(StationRow row, byte[] hash, Outcome outcome) {
    long id = row.info().id();
    PasswordState state = row.change().state();
    boolean waited = state == PasswordState.WAITING;
    List<byte[]> rest = pending(row).stream().filter(other -> !Arrays.equals(other, hash)).toList();
    switch (outcome) {
      case TAKEN ->
          inventory.rewrite(
              id,
              tx -> {
                store.passwords(tx, id, hash, new byte[0], PasswordState.SETTLED, null);
                store.pin(tx, id, 1); // of a station without a password so far
              });
      case AFTER_REBOOT -> keep(row, joined(pending(row)), PasswordState.REBOOT);
      case UNKNOWN -> keep(row, joined(pending(row)), PasswordState.OPEN);
      case REFUSED -> {
        if (waited || rest.isEmpty()) {
          keep(row, new byte[0], PasswordState.SETTLED);
        } else {
          keep(row, joined(rest), state);
        }
      }
      case NOT_SENT -> {
        if (waited) {
          inventory.rewrite(
              id, tx -> store.passwords(tx, id, null, joined(rest), state, row.change().secret()));
        } else {
          keep(row, joined(rest), rest.isEmpty() ? PasswordState.SETTLED : state);
        }
      }
    }
  }

  private void keep(StationRow row, byte[] pending, PasswordState state) {
    long id = row.info().id();
    inventory.rewrite(id, tx -> store.passwords(tx, id, null, pending, state, null));
  }

  /**
   * Sets the password of a station that is not connected: one that has none yet gets it at once,
   * any other is told at its next connection, and until then both are good.
   *
   * @return whether it waits for the station
   */
  public boolean later(long stationId, String password) {
    StationRow row = inventory.row(stationId).orElseThrow();
    if (row.passwordHash() == null) {
      inventory.setPassword(stationId, password);
      return false;
    }
    // By its hex text, which matches both forms that an OCPP 1.6 station may show, and the text.
    byte[] hash =
        passwords.hash(
            stationId,
            HexFormat.of().formatHex(password.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    byte[] secret = passwords.seal(stationId, password);
    List<byte[]> open = new ArrayList<>(MAX_PENDING);
    open.add(hash); // what waits is always the first
    open.addAll(perhapsTaken(row));
    byte[] joined = joined(open);
    inventory.rewrite(
        stationId,
        tx -> store.passwords(tx, stationId, null, joined, PasswordState.WAITING, secret));
    return true;
  }

  /** The newest one that was sent and not answered: the station may have taken it. */
  private static List<byte[]> perhapsTaken(StationRow row) {
    List<byte[]> pending = pending(row);
    int from =
        row.change().state() == PasswordState.WAITING
            ? Math.min(1, pending.size())
            : Math.max(0, pending.size() - 1);
    return pending.subList(from, pending.size());
  }

  /** The passwords that wait for their stations. */
  public List<Waiting> waiting() {
    List<Waiting> all = new ArrayList<>();
    for (StationRow row : inventory.rows()) {
      byte[] secret = row.change().secret();
      if (row.change().state() == PasswordState.WAITING && secret != null) {
        passwords
            .open(row.info().id(), secret)
            .ifPresent(password -> all.add(new Waiting(row.info(), password)));
      }
    }
    return all;
  }

  private static List<byte[]> pending(StationRow row) {
    byte[] stored = row.pendingHash();
    List<byte[]> hashes = new ArrayList<>(MAX_PENDING);
    for (int at = 0; stored != null && at + HASH_BYTES <= stored.length; at += HASH_BYTES) {
      hashes.add(Arrays.copyOfRange(stored, at, at + HASH_BYTES));
    }
    return hashes;
  }

  private static byte[] joined(List<byte[]> hashes) {
    byte[] all = new byte[hashes.size() * HASH_BYTES];
    for (int i = 0; i < hashes.size(); i++) {
      System.arraycopy(hashes.get(i), 0, all, i * HASH_BYTES, HASH_BYTES);
    }
    return all;
  }
}
