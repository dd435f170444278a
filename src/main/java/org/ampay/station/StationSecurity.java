package org.ampay.station;

import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.ampay.audit.AuditEntry;
import org.ampay.audit.AuditLog;
import org.ampay.base.TimeSource;
import org.ampay.station.StationPasswordChanges.Match;
import org.ampay.station.StationStore.StationRow;
import org.ampay.store.Database;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The security profiles of the stations. Each has one pinned profile and comes in under no other
 * (A00.FR.002). A higher one that the station has agreed to is tried first, and pinned at its first
 * connection; a pin is never lowered (A05.FR.07).
 *
 * <p>Plain passwords are judged from memory. What must be stored before the station is let in (a
 * raised pin, a password that came into use) and the client certificate are judged beside the event
 * loop.
 */
public final class StationSecurity implements StationCredentials {

  private static final Logger LOG = LoggerFactory.getLogger(StationSecurity.class);

  /**
   * The world around.
   *
   * @param background runs what blocks
   * @param links takes what a TLS connection is like; must not block
   * @param certificates takes the certificate that a station showed; must not block
   */
  public record Surroundings(
      Database database,
      TimeSource time,
      AuditLog audit,
      Executor background,
      Consumer<LinkFact> links,
      BiConsumer<StationInfo, X509Certificate> certificates) {}

  /**
   * @param target a higher profile that the station has agreed to and not used yet
   * @param link of the last TLS connection
   */
  public record Status(
      int profile,
      Optional<Integer> target,
      boolean hasPassword,
      PasswordState password,
      Optional<LinkFact> link) {}

  private final Inventory inventory;
  private final StationPasswordChanges passwords;
  private final ClientIdentity certificates;
  private final Surroundings on;
  private final SecurityStore store;
  private final StationLinkStore links;

  public StationSecurity(
      Inventory inventory,
      StationPasswordChanges passwords,
      ClientIdentity certificates,
      Surroundings on) {
    this.inventory = inventory;
    this.passwords = passwords;
    this.certificates = certificates;
    this.on = on;
    this.store = new SecurityStore(on.database());
    this.links = new StationLinkStore(on.database());
  }

  /** The changes of passwords. */
  public StationPasswordChanges passwords() {
    return passwords;
  }

  /** Whether this is a password that the station may show. */
  public boolean isPassword(StationInfo station, String text) {
    Shown shown =
        new Shown(
            station.identity(),
            station.identity(),
            text.getBytes(StandardCharsets.UTF_8),
            Link.PLAIN);
    return inventory
        .row(station.identity())
        .filter(row -> passwords.match(row, shown) != Match.NONE)
        .isPresent();
  }

  @Override
  public Check check(Shown shown) {
    Optional<StationRow> known = inventory.row(shown.identity());
    if (known.isEmpty()) {
      return new Check.Out(Refusal.UNKNOWN_STATION);
    }
    StationRow row = known.get();
    int profile = profile(row, shown);
    if (profile < 0) {
      return new Check.Out(refusal(row, shown));
    }
    boolean ordinary =
        profile == row.securityProfile()
            && profile < 3
            && row.change().state() == PasswordState.SETTLED;
    return ordinary ? new Check.In(profile) : new Check.Later();
  }

  /** The profile it comes in under; -1 when that is none that it may. */
  private int profile(StationRow row, Shown shown) {
    int target = target(row);
    if (target > 0 && fits(row, target, shown)) {
      return target;
    }
    int pin = row.securityProfile();
    return fits(row, pin, shown) ? pin : -1;
  }

  private static int target(StationRow row) {
    Integer target = row.change().targetProfile();
    return target != null && target > row.securityProfile() ? target : 0;
  }

  private boolean fits(StationRow row, int profile, Shown shown) {
    boolean encrypted = shown.link().encrypted();
    return switch (profile) {
      case 0 -> true;
      case 1 -> !encrypted && passwords.match(row, shown) != Match.NONE;
      case 2 -> encrypted && passwords.match(row, shown) != Match.NONE;
      default -> !shown.link().chain().isEmpty();
    };
  }

  private static Refusal refusal(StationRow row, Shown shown) {
    boolean encrypted = shown.link().encrypted();
    if (row.securityProfile() >= 2 && !encrypted) {
      return Refusal.NOT_ENCRYPTED;
    }
    if (row.securityProfile() == 1 && encrypted) {
      return Refusal.OTHER_PROFILE;
    }
    return row.securityProfile() == 3 ? Refusal.CERTIFICATE : Refusal.WRONG_PASSWORD;
  }

  @Override
  public CompletionStage<Check> admit(Shown shown) {
    return CompletableFuture.supplyAsync(() -> decide(shown), on.background())
        .exceptionally(
            fault -> {
              LOG.warn("station {} cannot be judged", shown.identity(), fault);
              return new Check.Out(Refusal.UNDECIDED);
            });
  }

  private Check decide(Shown shown) {
    Optional<StationRow> known = inventory.row(shown.identity());
    if (known.isEmpty()) {
      return new Check.Out(Refusal.UNKNOWN_STATION);
    }
    StationRow row = known.get();
    int profile = profile(row, shown);
    if (profile < 0) {
      return new Check.Out(refusal(row, shown));
    }
    if (profile == 3) {
      Optional<String> wrong = wrongWith(row, shown);
      if (wrong.isPresent()) {
        LOG.info("station {}: client certificate refused: {}", shown.identity(), wrong.get());
        return new Check.Out(Refusal.CERTIFICATE);
      }
    }
    return new Check.In(taken(row, shown, profile));
  }

  private Optional<String> wrongWith(StationRow row, Shown shown) {
    X509Certificate own = shown.link().chain().getFirst();
    String operator = inventory.operator(row.info().operatorId()).map(Operator::name).orElse("");
    try {
      certificates.check(row.info(), operator, shown.link().chain(), on.time().now());
      if (!certificates.names(own, shown.identity())
          && store
              .serialNumber(row.info().id())
              .filter(serial -> certificates.names(own, serial))
              .isEmpty()) {
        return Optional.of("its CN names another station");
      }
      return Optional.empty();
    } catch (CertificateException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /** Stores what this connection settles; the profile that holds then. */
  private int taken(StationRow row, Shown shown, int profile) {
    Optional<StationPasswordChanges.Settled> settled = passwords.usedBy(row, shown);
    boolean first = settled.isPresent() && profile == 0 && !shown.link().encrypted();
    int holds = first ? 1 : profile;
    if (holds == row.securityProfile() && settled.isEmpty()) {
      return holds;
    }
    long id = row.info().id();
    inventory.rewrite(
        id,
        tx -> {
          settled.ifPresent(now -> now.write(tx));
          if (holds > row.securityProfile()) {
            store.pin(tx, id, holds);
            on.audit().append(tx, raised(row, holds));
          }
        });
    return holds;
  }

  private static AuditEntry raised(StationRow row, int profile) {
    return AuditEntry.of(
            row.info().operatorId(),
            "system",
            "station.security_profile",
            "station:" + row.info().identity())
        .with("from", row.securityProfile())
        .with("to", profile);
  }

  @Override
  public void entered(StationInfo station, Shown shown, int profile) {
    if (shown.link().encrypted()) {
      on.links().accept(LinkFact.of(station, shown.link(), profile, on.time().now()));
      shown.link().chain().stream()
          .findFirst()
          .ifPresent(own -> on.certificates().accept(station, own));
    }
  }

  @Override
  public boolean mayStay(long stationId, int profile) {
    return inventory
        .row(stationId)
        .map(row -> row.securityProfile() < 2 || profile >= row.securityProfile())
        .orElse(true);
  }

  /** The pinned profile; 0 for an unknown station. */
  public int profile(long stationId) {
    return inventory.row(stationId).map(StationRow::securityProfile).orElse(0);
  }

  /** The station has agreed to a profile: it may come in under it, and then it is pinned. */
  public void expect(long stationId, int profile) {
    if (profile > profile(stationId) && profile <= 3) {
      inventory.rewrite(stationId, tx -> store.target(tx, stationId, profile));
    }
  }

  /** Where a station stands; empty when there is none of that id. */
  public Optional<Status> status(long stationId) {
    return inventory
        .row(stationId)
        .map(
            row ->
                new Status(
                    row.securityProfile(),
                    Optional.of(target(row)).filter(target -> target > 0),
                    row.passwordHash() != null,
                    row.change().state(),
                    links.find(row.info().operatorId(), stationId)));
  }
}
