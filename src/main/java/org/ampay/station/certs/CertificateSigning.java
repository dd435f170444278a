package org.ampay.station.certs;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.ampay.base.IdSource;
import org.ampay.base.TimeSource;
import org.ampay.station.StationDirectory;
import org.ampay.station.StationInfo;
import org.ampay.station.certs.CertificateAuthority.Outcome;
import org.ampay.station.certs.SigningRequest.State;
import org.ampay.station.certs.StationCertificatePort.Reply;
import org.ampay.store.Database;
import org.ampay.store.Job;
import org.ampay.store.JobHandler;
import org.ampay.store.JobStore;
import org.ampay.store.NewJob;
import org.ampay.store.Transactor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SignCertificate (A02, A03): a request that keeps the rules is stored with a job and Accepted. The
 * job has it signed by the authority, keeps the chain, and sends CertificateSigned until the
 * station has heard it, also after a restart of ours. A station that refuses the chain keeps its
 * old certificate; it is asked for a new request a day later, three times at most in ten days.
 */
public final class CertificateSigning implements JobHandler {

  /** The job's kind; its ref is the request's id. */
  public static final String KIND = "cert.sign";

  private static final Logger LOG = LoggerFactory.getLogger(CertificateSigning.class);

  /** The station reads our answer before the chain comes. */
  private static final Duration AFTER_ANSWER = Duration.ofMillis(300);

  /** A station that was away for longer has to ask again. */
  private static final Duration PATIENCE = Duration.ofDays(7);

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(15);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);
  private static final int MOST_ERRORS = 3;
  private static final Duration REJECTED_PAUSE = Duration.ofDays(1);
  private static final Duration REJECTED_SPAN = Duration.ofDays(10);
  private static final int MOST_REJECTED = 3;

  /** Requests of one station in an hour; a station that loops is not signed for each time. */
  private static final int MOST_AN_HOUR = 30;

  /** What the whole chain may have in both versions, characters (CertificateSigned). */
  static final int MAX_CHAIN_CHARS = 10_000;

  private static final int MAX_CSR_CHARS = 5_500;

  /** What it works with. */
  public record Parts(
      Database database,
      JobStore jobs,
      StationDirectory stations,
      CertificateAuthority authority,
      IdSource ids,
      TimeSource time) {}

  private final Transactor transactor;
  private final Parts parts;
  private final SigningStore store;
  private final CertificateStore names;
  private final StationCertificatePort port;

  public CertificateSigning(Parts parts, StationCertificatePort port) {
    this.transactor = parts.database().transactor();
    this.parts = parts;
    this.store = new SigningStore(parts.database());
    this.names = new CertificateStore(parts.database());
    this.port = port;
  }

  /**
   * Takes a request: true is Accepted, false Rejected (A02.FR.11, A02.FR.12); stored when this
   * returns. Blocks.
   */
  public boolean request(StationInfo station, SigningUse use, String csr, Instant receivedAt) {
    if (store.isOpen(station.id(), use, csr)) {
      return true;
    }
    int lately = store.since(station.id(), receivedAt.minus(Duration.ofHours(1)));
    Optional<String> refusal =
        lately >= MOST_AN_HOUR
            ? Optional.of("more than " + MOST_AN_HOUR + " requests in an hour")
            : refusal(station, use, csr);
    if (lately > MOST_AN_HOUR) {
      return false; // the flood was noted once
    }
    SigningRequest request =
        new SigningRequest(
            parts.ids().next(),
            station.operatorId(),
            station.id(),
            use,
            csr.length() <= MAX_CSR_CHARS ? csr : csr.substring(0, MAX_CSR_CHARS),
            refusal.isPresent() ? State.REFUSED : State.RECEIVED,
            refusal.orElse(""),
            Optional.empty(),
            Optional.empty(),
            receivedAt,
            receivedAt);
    transactor.run(
        tx -> {
          store.insert(tx, request);
          if (refusal.isEmpty()) {
            Instant due = parts.time().now().plus(AFTER_ANSWER);
            parts.jobs().insert(tx, List.of(new NewJob(KIND, request.id(), due)));
          }
        });
    return refusal.isEmpty();
  }

  private Optional<String> refusal(StationInfo station, SigningUse use, String csr) {
    try {
      CsrRules.check(csr, use, names.names(station.id()), names.organization(station.operatorId()));
      return Optional.empty();
    } catch (BadCertificateException e) {
      return Optional.of(e.reason());
    }
  }

  @Override
  public void handle(List<Job> jobs) {
    jobs.forEach(this::handle);
  }

  private void handle(Job job) {
    Optional<SigningRequest> request = store.request(job.ref());
    if (request.isPresent() && request.get().state() == State.RECEIVED) {
      request = sign(request.get(), job);
      if (request.isEmpty()) {
        return; // the job was put off or is done
      }
    }
    if (request.isEmpty() || request.get().state() != State.SIGNED) {
      transactor.run(tx -> parts.jobs().done(tx, List.of(job)));
      return;
    }
    deliver(request.get(), job);
  }

  /** Signs; empty when that ended or put off the job. */
  private Optional<SigningRequest> sign(SigningRequest request, Job job) {
    String organization = names.organization(request.operatorId());
    CsrRules.Parsed parsed;
    try {
      parsed =
          CsrRules.check(
              request.csr(), request.use(), names.names(request.stationId()), organization);
    } catch (BadCertificateException e) {
      end(request, job, State.FAILED, e.reason());
      return Optional.empty();
    }
    Outcome outcome =
        parts
            .authority()
            .sign(
                new CertificateAuthority.Request(
                    request.id(),
                    request.operatorId(),
                    request.use(),
                    parsed.der(),
                    parsed.commonName(),
                    organization));
    return switch (outcome) {
      case Outcome.Issued issued -> keep(request, job, issued.chain());
      case Outcome.Refused refused -> {
        end(request, job, State.FAILED, "the authority refused: " + refused.reason());
        yield Optional.empty();
      }
      case Outcome.Later later -> {
        putOff(request, job, "the authority: " + later.reason());
        yield Optional.empty();
      }
    };
  }

  private Optional<SigningRequest> keep(
      SigningRequest request, Job job, List<X509Certificate> chain) {
    List<X509Certificate> fitting = fitting(chain);
    if (fitting.isEmpty()) {
      end(request, job, State.FAILED, "the certificate is longer than " + MAX_CHAIN_CHARS);
      return Optional.empty();
    }
    long certificateId = parts.ids().next();
    transactor.run(tx -> store.signed(tx, request, certificateId, fitting, parts.time().now()));
    return store.request(request.id());
  }

  /** The chain, the station's certificate first, cut from its root's end to what may be sent. */
  static List<X509Certificate> fitting(List<X509Certificate> chain) {
    for (int size = chain.size(); size > 0; size--) {
      if (Pem.of(chain.subList(0, size)).length() <= MAX_CHAIN_CHARS) {
        return chain.subList(0, size);
      }
    }
    return List.of();
  }

  private void deliver(SigningRequest request, Job job) {
    Optional<StationInfo> station = parts.stations().byId(request.stationId());
    if (station.isEmpty()) {
      end(request, job, State.FAILED, "the station is gone");
      return;
    }
    String chain = request.chain().orElseThrow();
    Reply reply = port.signed(station.get(), request.use(), chain).toCompletableFuture().join();
    switch (reply) {
      case Reply.Accepted _ -> installed(request, job);
      case Reply.Refused refused -> rejected(request, job, refused.word());
      case Reply.Unheard unheard -> {
        if (unheard.passing() || job.attempts() < MOST_ERRORS) {
          putOff(request, job, unheard.text());
        } else {
          end(request, job, State.FAILED, unheard.text());
        }
      }
    }
  }

  private void installed(SigningRequest request, Job job) {
    transactor.run(
        tx -> {
          if (store.move(tx, request, State.INSTALLED, "", parts.time().now())) {
            store.installed(tx, request, request.certificateId().orElseThrow());
          }
          parts.jobs().done(tx, List.of(job));
        });
  }

  private void rejected(SigningRequest request, Job job, String word) {
    Instant now = parts.time().now();
    transactor.run(
        tx -> {
          if (store.move(tx, request, State.REJECTED, "the station answered " + word, now)) {
            store.state(tx, request.certificateId().orElseThrow(), "rejected");
            int rejected =
                store.rejectedSince(
                    tx, request.stationId(), request.use(), now.minus(REJECTED_SPAN));
            if (rejected < MOST_REJECTED) {
              Instant again = now.plus(REJECTED_PAUSE);
              parts
                  .jobs()
                  .insert(tx, List.of(Renewals.job(request.stationId(), request.use(), again)));
            }
          }
          parts.jobs().done(tx, List.of(job));
        });
    LOG.warn("station {} refused its new certificate", request.stationId());
  }

  private void end(SigningRequest request, Job job, State state, String reason) {
    transactor.run(
        tx -> {
          store.move(tx, request, state, reason, parts.time().now());
          parts.jobs().done(tx, List.of(job));
        });
  }

  private void putOff(SigningRequest request, Job job, String why) {
    Instant now = parts.time().now();
    if (request.receivedAt().plus(PATIENCE).isBefore(now)) {
      end(request, job, State.FAILED, why);
      return;
    }
    transactor.run(tx -> parts.jobs().retry(tx, job, now.plus(pause(job.attempts())), why));
  }

  private static Duration pause(int attempts) {
    Duration pause = FIRST_PAUSE.multipliedBy(Math.min(attempts, 40));
    return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
  }
}
