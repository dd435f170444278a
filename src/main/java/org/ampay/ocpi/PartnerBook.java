package org.ampay.ocpi;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.ampay.base.IdSource;
import org.ampay.base.SecretBox;
import org.ampay.base.TimeSource;
import org.ampay.store.Database;
import org.ampay.store.Transactor;
import org.ampay.store.Tx;

/** The partners, read from memory and written to the database first. */
public final class PartnerBook implements Partners {

  private static final long NANOS_BETWEEN_LOOKS = 200_000_000;

  private record Picture(
      long version,
      Map<Long, PartnerStore.Row> byId,
      Map<String, PartnerStore.Row> byHash,
      Map<String, PartnerStore.Row> byComing) {}

  private final PartnerStore store;
  private final Transactor transactor;
  private final IdSource ids;
  private final TimeSource time;
  private volatile Picture picture = new Picture(-1, Map.of(), Map.of(), Map.of());
  private volatile long lookedAt;
  private volatile BiConsumer<Tx, Partner> added = (tx, partner) -> {};

  /**
   * @param ours the party of an operator
   */
  public PartnerBook(
      Database database,
      SecretBox box,
      Function<Long, PartyRef> ours,
      IdSource ids,
      TimeSource time) {
    this.store = new PartnerStore(database, box, ours);
    this.transactor = database.transactor();
    this.ids = ids;
    this.time = time;
    refresh();
  }

  /** Reads again if anybody has written. Blocks. */
  public synchronized void refresh() {
    long version = store.version();
    if (version == picture.version()) {
      return;
    }
    Map<Long, PartnerStore.Row> byId = new HashMap<>();
    Map<String, PartnerStore.Row> byHash = new HashMap<>();
    Map<String, PartnerStore.Row> byComing = new HashMap<>();
    for (PartnerStore.Row row : store.all()) {
      byId.put(row.partner().id(), row);
      byte[] hash = row.oursHash();
      if (hash != null) {
        byHash.put(HexFormat.of().formatHex(hash), row);
      }
      byte[] coming = row.comingHash();
      if (coming != null) {
        byComing.put(HexFormat.of().formatHex(coming), row);
      }
    }
    picture = new Picture(version, byId, byHash, byComing);
  }

  @Override
  public Optional<Partner> byId(long partnerId) {
    return Optional.ofNullable(picture.byId().get(partnerId)).map(PartnerStore.Row::partner);
  }

  @Override
  public List<Partner> of(long operatorId) {
    return all().stream().filter(partner -> partner.operatorId() == operatorId).toList();
  }

  @Override
  public List<Partner> registered() {
    return all().stream().filter(Partner::isRegistered).toList();
  }

  private List<Partner> all() {
    List<Partner> all = new ArrayList<>();
    picture.byId().values().forEach(row -> all.add(row.partner()));
    all.sort((a, b) -> Long.compare(a.id(), b.id()));
    return all;
  }

  /**
   * Who calls.
   *
   * @param settled false: by a token that we told it in a handshake which it has not answered yet
   */
  public record Caller(Partner partner, boolean settled) {}

  /**
   * Whose token that is. What is not known here may have been agreed by another node just now: so
   * the database is looked at, but not more often than a few times a second.
   *
   * @param sent as it was sent: base64 of the token, or the token itself (some peers do)
   */
  public Optional<Caller> byToken(String sent) {
    Optional<Caller> found = find(sent);
    long now = time.nanos();
    if (found.isPresent() || now - lookedAt < NANOS_BETWEEN_LOOKS) {
      return found;
    }
    lookedAt = now;
    refresh();
    return find(sent);
  }

  private Optional<Caller> find(String sent) {
    return known(sent).or(() -> decoded(sent).flatMap(this::known));
  }

  private Optional<Caller> known(String token) {
    String hash = HexFormat.of().formatHex(PartnerStore.hash(token));
    Picture now = picture;
    PartnerStore.Row row = now.byHash().get(hash);
    if (row != null) {
      return Optional.of(new Caller(row.partner(), true));
    }
    return Optional.ofNullable(now.byComing().get(hash))
        .map(coming -> new Caller(coming.partner(), false));
  }

  /** Some peers encode a line break with it, as the examples of the specification do. */
  private static Optional<String> decoded(String sent) {
    try {
      return Optional.of(
          new String(Base64.getDecoder().decode(sent), StandardCharsets.UTF_8).strip());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The tokens of a partner; both null if it is unknown. */
  public PartnerTokens tokens(long partnerId) {
    PartnerStore.Row row = picture.byId().get(partnerId);
    return row == null ? new PartnerTokens(null, null) : store.tokens(row);
  }

  /** What is to be written with each new partner, in its transaction: set once, at the start. */
  public void whenAdded(BiConsumer<Tx, Partner> work) {
    added = work;
  }

  /** An id for a new partner: of those that drivers have theirs of, in whose ways it pays. */
  public long nextId() {
    return ids.next();
  }

  /** What becomes of a partner: itself and its tokens. */
  public record Change(Partner partner, PartnerTokens tokens) {}

  /** Writes a new partner and what goes with it, for example an audit entry. Blocks. */
  public void add(Change change, Consumer<Tx> alongside) {
    transactor.run(
        tx -> {
          store.save(tx, change.partner(), change.tokens(), time.now());
          added.accept(tx, change.partner());
          alongside.accept(tx);
        });
    refresh();
  }

  /**
   * Changes a partner as it is stored now. Blocks.
   *
   * @param change of what is stored; an exception from it leaves everything as it was
   * @throws IllegalArgumentException if there is no such partner
   */
  public Partner change(long partnerId, Function<Change, Change> change, Consumer<Tx> alongside) {
    Partner changed =
        transactor.call(
            tx -> {
              PartnerStore.Row row =
                  store
                      .lock(tx, partnerId)
                      .orElseThrow(() -> new IllegalArgumentException("no partner " + partnerId));
              Change next = change.apply(new Change(row.partner(), store.tokens(row)));
              store.save(tx, next.partner(), next.tokens(), time.now());
              alongside.accept(tx);
              return next.partner();
            });
    refresh();
    return changed;
  }
}
