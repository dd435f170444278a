package org.ampay.station.certs;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.ampay.base.IdSource;
import org.ampay.base.SecretBox;
import org.ampay.base.TimeSource;
import org.ampay.station.certs.AuthorityStore.AuthorityRow;
import org.ampay.station.certs.AuthorityStore.Level;
import org.ampay.store.Transactor;
import org.ampay.store.Tx;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;

/**
 * Our own certificate authority: a root and an issuing CA an operator, made at first need. Private
 * keys lie encrypted in the database and are opened only to sign.
 *
 * <p>A root lives 20 years, an issuing CA 5; a new issuing CA is made in its last quarter, a new
 * root when a person asks. A new root's key is also signed by the root before it, for stations that
 * take no other (M05.FR.10).
 */
public final class OwnAuthority implements CertificateAuthority {

  private static final Duration ROOT_LIFE = Duration.ofDays(20 * 365L + 5);
  private static final Duration ISSUING_LIFE = Duration.ofDays(5 * 365L + 1);
  private static final Duration ISSUING_RENEWAL = ISSUING_LIFE.dividedBy(4);

  /** A CA as others may see it. */
  public record Authority(
      long id,
      Level level,
      int generation,
      X509Certificate certificate,
      Optional<X509Certificate> crossed,
      Instant createdAt) {}

  private final Transactor transactor;
  private final AuthorityStore store;
  private final SecretBox secrets;
  private final CertificateMaker maker;
  private final IdSource ids;
  private final TimeSource time;
  private final Duration validity;

  /**
   * @param validity of a station's certificate
   */
  public OwnAuthority(
      Transactor transactor,
      SecretBox secrets,
      SecureRandom random,
      IdSource ids,
      TimeSource time,
      Duration validity) {
    this.transactor = transactor;
    this.store = new AuthorityStore();
    this.secrets = secrets;
    this.maker = new CertificateMaker(random);
    this.ids = ids;
    this.time = time;
    this.validity = validity;
  }

  @Override
  public Outcome sign(Request request) {
    AuthorityRow issuing =
        transactor.call(tx -> issuing(tx, request.operatorId(), request.organization()));
    X509Certificate issuer = issuing.certificate();
    Instant now = time.now();
    try {
      X509Certificate leaf =
          maker.leaf(
              CertificateMaker.name(request.commonName(), request.organization()),
              CsrRules.publicKey(new PKCS10CertificationRequest(request.csr())),
              CertificateMaker.Signer.of(issuer, key(issuing)),
              new CertificateMaker.Span(now, earlier(now.plus(validity), issuer)),
              request.use());
      return new Outcome.Issued(List.of(leaf, issuer));
    } catch (IOException | BadCertificateException e) {
      return new Outcome.Refused("the request cannot be read");
    }
  }

  /** The operator's CAs, newest first; made when there are none. */
  public List<Authority> authorities(long operatorId, String organization) {
    return transactor.call(
        tx -> {
          issuing(tx, operatorId, organization);
          return store.list(tx, operatorId).stream().map(OwnAuthority::shown).toList();
        });
  }

  /** A new root, signed also by the one before, and a new issuing CA below it. */
  public Authority newRoot(long operatorId, String organization) {
    return transactor.call(
        tx -> {
          store.lock(tx, operatorId);
          AuthorityRow root = makeRoot(tx, operatorId, organization);
          makeIssuing(tx, root, organization);
          return shown(root);
        });
  }

  private static Authority shown(AuthorityRow row) {
    return new Authority(
        row.id(), row.level(), row.generation(), row.certificate(), row.crossed(), row.createdAt());
  }

  private AuthorityRow issuing(Tx tx, long operatorId, String organization) {
    Optional<AuthorityRow> newest = store.newest(tx, operatorId, Level.ISSUING).filter(this::fresh);
    if (newest.isPresent()) {
      return newest.get();
    }
    store.lock(tx, operatorId);
    return store
        .newest(tx, operatorId, Level.ISSUING)
        .filter(this::fresh)
        .orElseGet(
            () -> {
              AuthorityRow root =
                  store
                      .newest(tx, operatorId, Level.ROOT)
                      .orElseGet(() -> makeRoot(tx, operatorId, organization));
              return makeIssuing(tx, root, organization);
            });
  }

  private boolean fresh(AuthorityRow row) {
    return row.certificate().getNotAfter().toInstant().isAfter(time.now().plus(ISSUING_RENEWAL));
  }

  private AuthorityRow makeRoot(Tx tx, long operatorId, String organization) {
    Optional<AuthorityRow> before = store.newest(tx, operatorId, Level.ROOT);
    int generation = before.map(AuthorityRow::generation).orElse(0) + 1;
    KeyPair pair = maker.newKey();
    X500Name name =
        CertificateMaker.name(cut(organization) + " Root CA G" + generation, organization);
    Instant now = time.now();
    CertificateMaker.Span span = new CertificateMaker.Span(now, now.plus(ROOT_LIFE));
    X509Certificate root =
        maker.ca(
            name,
            pair.getPublic(),
            new CertificateMaker.Signer(name, pair.getPublic(), pair.getPrivate()),
            span,
            2);
    X509Certificate crossed =
        before
            .map(
                old ->
                    maker.ca(
                        name,
                        pair.getPublic(),
                        CertificateMaker.Signer.of(old.certificate(), key(old)),
                        new CertificateMaker.Span(
                            now, earlier(now.plus(ROOT_LIFE), old.certificate())),
                        1))
            .orElse(null);
    return add(tx, new NewRow(operatorId, Level.ROOT, generation, root, pair), crossed);
  }

  private AuthorityRow makeIssuing(Tx tx, AuthorityRow root, String organization) {
    int generation =
        store.newest(tx, root.operatorId(), Level.ISSUING).map(AuthorityRow::generation).orElse(0)
            + 1;
    KeyPair pair = maker.newKey();
    Instant now = time.now();
    X509Certificate issuing =
        maker.ca(
            CertificateMaker.name(cut(organization) + " Station CA G" + generation, organization),
            pair.getPublic(),
            CertificateMaker.Signer.of(root.certificate(), key(root)),
            new CertificateMaker.Span(now, earlier(now.plus(ISSUING_LIFE), root.certificate())),
            0);
    return add(tx, new NewRow(root.operatorId(), Level.ISSUING, generation, issuing, pair), null);
  }

  private record NewRow(
      long operatorId, Level level, int generation, X509Certificate certificate, KeyPair pair) {}

  private AuthorityRow add(
      Tx tx, NewRow made, @org.jspecify.annotations.Nullable X509Certificate crossed) {
    long id = ids.next();
    AuthorityRow row =
        new AuthorityRow(
            id,
            made.operatorId(),
            made.level(),
            made.generation(),
            made.certificate(),
            Optional.ofNullable(crossed),
            secrets.close(made.pair().getPrivate().getEncoded(), owner(id)),
            time.now());
    store.insert(tx, row);
    return row;
  }

  private PrivateKey key(AuthorityRow row) {
    try {
      byte[] opened = secrets.open(row.privateKey(), owner(row.id()));
      return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(opened));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the key of CA " + row.id() + " is none", e);
    }
  }

  private static String owner(long id) {
    return "cert_authority:" + id;
  }

  /** Names have 64 characters at most. */
  private static String cut(String organization) {
    return organization.length() <= 40 ? organization : organization.substring(0, 40);
  }

  private static Instant earlier(Instant end, X509Certificate issuer) {
    Instant most = issuer.getNotAfter().toInstant();
    return end.isBefore(most) ? end : most;
  }
}
