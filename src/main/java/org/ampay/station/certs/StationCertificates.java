package org.ampay.station.certs;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.ampay.audit.AuditEntry;
import org.ampay.audit.AuditLog;
import org.ampay.base.IdSource;
import org.ampay.base.TimeSource;
import org.ampay.station.StationInfo;
import org.ampay.station.certs.StationCertificatePort.Inventory;
import org.ampay.station.certs.StationCertificatePort.Reply;
import org.ampay.store.Database;
import org.ampay.store.Transactor;

/**
 * What people do with certificates: upload roots, install and delete them at stations, list what
 * stations hold, renew and revoke. Everything is written to the audit log; everything blocks.
 */
public final class StationCertificates {

  private static final int LISTED = 200;
  private static final Duration SHOWN = Duration.ofDays(7);

  /** What it works with. */
  public record Parts(
      Database database, OwnAuthority authority, AuditLog audit, IdSource ids, TimeSource time) {}

  /**
   * What may be installed: an uploaded root, or one of our own.
   *
   * @param key names it: {@code root:17}, {@code own:1}, {@code crossed:2}
   */
  public record Installable(
      String key, CertificateKind kind, String name, X509Certificate certificate) {}

  private final Parts parts;
  private final Transactor transactor;
  private final CertificateStore roots;
  private final SigningStore signing;
  private final InstalledStore installed;
  private final CertificateSettings settings;
  private final StationCertificatePort port;
  private final Renewals renewals;

  public StationCertificates(
      Parts parts, CertificateSettings settings, StationCertificatePort port, Renewals renewals) {
    this.parts = parts;
    this.transactor = parts.database().transactor();
    this.roots = new CertificateStore(parts.database());
    this.signing = new SigningStore(parts.database());
    this.installed = new InstalledStore(parts.database(), parts.ids());
    this.settings = settings;
    this.port = port;
    this.renewals = renewals;
  }

  /** The settings in force. */
  public CertificateSettings settings() {
    return settings;
  }

  /** The operator's uploaded CA certificates. */
  public List<RootCertificate> roots(long operatorId) {
    return roots.roots(operatorId);
  }

  /** The operator's own CAs, made when there are none. */
  public List<OwnAuthority.Authority> authorities(long operatorId) {
    return parts.authority().authorities(operatorId, roots.organization(operatorId));
  }

  /** A new own root, signed by the one before as well. */
  public OwnAuthority.Authority newRoot(long operatorId, String actor) {
    OwnAuthority.Authority made =
        parts.authority().newRoot(operatorId, roots.organization(operatorId));
    parts
        .audit()
        .append(
            AuditEntry.of(operatorId, actor, "certificate.new_root", "authority:" + made.id())
                .with("generation", made.generation()));
    return made;
  }

  /**
   * Keeps a CA certificate.
   *
   * @throws BadCertificateException when it is not one that a station could use, saying why
   */
  public RootCertificate upload(
      long operatorId, CertificateKind kind, String name, String pem, String actor) {
    X509Certificate certificate = Pem.certificate(pem.strip());
    RootRules.check(certificate, kind, parts.time().now());
    if (roots.roots(operatorId).size() >= CertificateStore.MOST_ROOTS) {
      throw new BadCertificateException(
          "there are " + CertificateStore.MOST_ROOTS + " certificates already");
    }
    String shown = name.isBlank() ? certificate.getSubjectX500Principal().getName() : name.strip();
    RootCertificate root =
        new RootCertificate(
            parts.ids().next(),
            operatorId,
            kind,
            CertificateStore.cut(shown, 100),
            certificate,
            actor,
            parts.time().now());
    AuditEntry entry =
        AuditEntry.of(operatorId, actor, "certificate.upload", "root:" + root.id())
            .with("kind", kind.word())
            .with("fingerprint", Pem.fingerprint(certificate));
    boolean isNew =
        transactor.call(
            tx -> {
              boolean inserted = roots.insert(tx, root);
              if (inserted) {
                parts.audit().append(tx, entry);
              }
              return inserted;
            });
    if (!isNew) {
      throw new BadCertificateException("that certificate is there already");
    }
    return root;
  }

  /** Forgets an uploaded certificate; stations keep theirs. False when there is none. */
  public boolean removeRoot(long operatorId, long id, String actor) {
    return transactor.call(
        tx -> {
          boolean deleted = roots.deleteRoot(tx, operatorId, id);
          if (deleted) {
            parts
                .audit()
                .append(tx, AuditEntry.of(operatorId, actor, "certificate.remove", "root:" + id));
          }
          return deleted;
        });
  }

  /** What the operator can install in stations, own roots first. */
  public List<Installable> installable(long operatorId) {
    List<Installable> all = new ArrayList<>();
    for (OwnAuthority.Authority own : authorities(operatorId)) {
      if (own.level() == AuthorityStore.Level.ROOT) {
        String name = own.certificate().getSubjectX500Principal().getName();
        all.add(
            new Installable("own:" + own.id(), CertificateKind.CENTRAL, name, own.certificate()));
        own.crossed()
            .ifPresent(
                crossed ->
                    all.add(
                        new Installable(
                            "crossed:" + own.id(),
                            CertificateKind.CENTRAL,
                            name + " ⟵ " + crossed.getIssuerX500Principal().getName(),
                            crossed)));
      }
    }
    roots(operatorId).stream()
        .filter(root -> root.kind().installable())
        .sorted(Comparator.comparing(RootCertificate::kind))
        .forEach(
            root ->
                all.add(
                    new Installable(
                        "root:" + root.id(), root.kind(), root.name(), root.certificate())));
    return all;
  }

  /**
   * Installs a certificate in a station.
   *
   * @param key of one of {@link #installable}
   * @throws BadCertificateException when there is none, or when stations would refuse it
   *     (M05.FR.10)
   */
  public Reply install(StationInfo station, String key, String actor) {
    List<Installable> known = installable(station.operatorId());
    Installable wanted =
        known.stream()
            .filter(one -> one.key().equals(key))
            .findFirst()
            .orElseThrow(() -> new BadCertificateException("there is no certificate " + key));
    if (settings.additionalRootCheck() && wanted.kind() == CertificateKind.CENTRAL) {
      requireOldRoot(wanted, known);
    }
    Reply reply =
        port.install(station, wanted.kind(), Pem.of(wanted.certificate()))
            .toCompletableFuture()
            .join();
    note(
        station,
        "install",
        wanted.kind(),
        wanted.certificate().getSubjectX500Principal().getName(),
        actor,
        reply);
    return reply;
  }

  /** What one of several stations answered. */
  public record Installation(StationInfo station, Reply reply) {}

  /**
   * Installs a certificate in several stations at a time, in the order of the list.
   *
   * @throws BadCertificateException as {@link #install(StationInfo, String, String)}
   */
  public List<Installation> install(
      List<StationInfo> stations, String key, String actor, Executor workers) {
    List<CompletableFuture<Installation>> all =
        stations.stream()
            .map(
                station ->
                    CompletableFuture.supplyAsync(
                        () -> new Installation(station, install(station, key, actor)), workers))
            .toList();
    try {
      return all.stream().map(CompletableFuture::join).toList();
    } catch (CompletionException e) {
      if (e.getCause() instanceof BadCertificateException bad) {
        throw new BadCertificateException(bad.reason(), e);
      }
      throw e;
    }
  }

  /** With AdditionalRootCertificateCheck a new central root is signed by the one before it. */
  private static void requireOldRoot(Installable wanted, List<Installable> known) {
    List<X509Certificate> others =
        known.stream()
            .filter(one -> one.kind() == CertificateKind.CENTRAL)
            .map(Installable::certificate)
            .filter(one -> !one.getPublicKey().equals(wanted.certificate().getPublicKey()))
            .toList();
    boolean signedByOther =
        others.stream().anyMatch(old -> RootRules.signedBy(wanted.certificate(), old));
    if (!others.isEmpty() && !signedByOther) {
      throw new BadCertificateException(
          "stations check new central roots (AdditionalRootCertificateCheck): this one is not"
              + " signed by an older central root");
    }
  }

  /** What a station holds, as it last reported. */
  public List<InstalledCertificate> installed(long stationId) {
    return installed.list(stationId);
  }

  /**
   * Asks a station what it holds, and keeps the answer.
   *
   * @param kinds empty: all
   */
  public Reply refresh(StationInfo station, Set<CertificateKind> kinds) {
    Inventory inventory = port.installed(station, kinds).toCompletableFuture().join();
    if (!(inventory.reply() instanceof Reply.Unheard)) {
      Set<CertificateKind> asked = kinds.isEmpty() ? EnumSet.allOf(CertificateKind.class) : kinds;
      Instant now = parts.time().now();
      transactor.run(tx -> installed.replace(tx, station, asked, inventory.certificates(), now));
    }
    return inventory.reply();
  }

  /**
   * Deletes a certificate at a station, with the very hashes that the station reported (M04.FR.07).
   *
   * @return empty when the station reported no certificate of that id
   */
  public Optional<Reply> delete(StationInfo station, long installedId, String actor) {
    Optional<InstalledCertificate> found = installed.find(station.id(), installedId);
    return found.map(
        certificate -> {
          Reply reply = port.delete(station, certificate.hash()).toCompletableFuture().join();
          boolean gone =
              reply instanceof Reply.Accepted
                  || (reply instanceof Reply.Refused refused && refused.word().equals("NotFound"));
          if (gone) {
            transactor.run(tx -> installed.forget(tx, station.id(), certificate.id()));
          }
          CertificateHash hash = certificate.hash();
          note(
              station,
              "delete",
              certificate.kind(),
              hash.serialNumber() + " " + hash.issuerNameHash(),
              actor,
              reply);
          return reply;
        });
  }

  private void note(
      StationInfo station,
      String action,
      CertificateKind kind,
      String subject,
      String actor,
      Reply reply) {
    CertificateChange change =
        new CertificateChange(
            parts.ids().next(), action, kind, subject, actor, text(reply), parts.time().now());
    transactor.run(
        tx -> {
          installed.insert(tx, station, change);
          parts
              .audit()
              .append(
                  tx,
                  AuditEntry.of(
                          station.operatorId(),
                          actor,
                          "certificate." + action,
                          "station:" + station.identity())
                      .with("kind", kind.word())
                      .with("certificate", subject)
                      .with("outcome", change.outcome()));
        });
  }

  /** A reply in a word or few. */
  public static String text(Reply reply) {
    return switch (reply) {
      case Reply.Accepted _ -> "Accepted";
      case Reply.Refused refused -> refused.word();
      case Reply.Unheard unheard -> unheard.text();
    };
  }

  /** Triggers the station to ask for a new certificate. */
  public Reply renew(StationInfo station, SigningUse use, String actor) {
    Reply reply = renewals.renew(station, use);
    parts
        .audit()
        .append(
            AuditEntry.of(
                    station.operatorId(),
                    actor,
                    "certificate.renew",
                    "station:" + station.identity())
                .with("use", use.word())
                .with("outcome", text(reply)));
    return reply;
  }

  /** Newest first. */
  public List<SigningRequest> requests(long stationId) {
    return signing.requestsOf(stationId, 50);
  }

  /** The operator's requests that came to nothing in the last week, newest first. */
  public List<SigningRequest> failed(long operatorId) {
    return signing.failed(operatorId, parts.time().now().minus(SHOWN), LISTED);
  }

  /** Newest first. */
  public List<CertificateChange> changes(long stationId) {
    return installed.changes(stationId, 50);
  }

  /** A station's own certificates, those that end first before the others. */
  public List<StationCertificate> certificatesOf(long stationId) {
    return signing.certificatesOf(stationId, LISTED);
  }

  /** All of the operator's, those that end first before the others. */
  public List<StationCertificate> certificates(long operatorId) {
    return signing.certificates(operatorId, LISTED);
  }

  /** Those in use that end within the time of renewal, or have ended. */
  public List<StationCertificate> ending(long operatorId) {
    Instant limit = parts.time().now().plus(settings.renewBefore());
    return signing.ending(operatorId, limit, LISTED);
  }

  /**
   * Makes a station's certificate void: a connection with it is refused from now on.
   *
   * @return false when the operator has none of that id, or it is void already
   */
  public boolean revoke(long operatorId, long id, String reason, String actor) {
    return transactor.call(
        tx -> {
          boolean revoked = signing.revoke(tx, operatorId, id, reason, parts.time().now());
          if (revoked) {
            parts
                .audit()
                .append(
                    tx,
                    AuditEntry.of(operatorId, actor, "certificate.revoke", "certificate:" + id)
                        .with("reason", reason));
          }
          return revoked;
        });
  }
}
