package org.ampay.station.certs;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.ampay.base.TimeSource;
import org.ampay.station.StationDirectory;
import org.ampay.station.StationInfo;
import org.ampay.station.certs.StationCertificatePort.Reply;
import org.ampay.store.Job;
import org.ampay.store.JobHandler;
import org.ampay.store.JobStore;
import org.ampay.store.NewJob;
import org.ampay.store.Transactor;

/**
 * Watches the ends of stations' certificates and has them renewed in time: the station is triggered
 * to send SignCertificate (A02, F06). Each certificate is tried once a day at most, until the
 * station has a new one.
 */
public final class Renewals implements JobHandler {

  /** The job's kind; its ref is the station's id, its payload the use. */
  public static final String KIND = "cert.renew";

  private static final Duration BETWEEN = Duration.ofDays(1);
  private static final Duration OFFLINE_PAUSE = Duration.ofMinutes(2);
  private static final int MOST_AT_A_TIME = 1_000;

  /** A station that is away for so many looks is left to the next day's try. */
  private static final int MOST_LOOKS = 600;

  private final Transactor transactor;
  private final JobStore jobs;
  private final StationDirectory stations;
  private final SigningStore store;
  private final TimeSource time;
  private final CertificateSettings settings;
  private final StationCertificatePort port;

  public Renewals(
      CertificateSigning.Parts parts, CertificateSettings settings, StationCertificatePort port) {
    this.transactor = parts.database().transactor();
    this.jobs = parts.jobs();
    this.stations = parts.stations();
    this.store = new SigningStore(parts.database());
    this.time = parts.time();
    this.settings = settings;
    this.port = port;
  }

  static NewJob job(long stationId, SigningUse use, Instant at) {
    return new NewJob(KIND, stationId, at, use.word());
  }

  /** Begins the renewals that are due; every node may call it at any time. */
  public void watch() {
    if (!settings.renew()) {
      return;
    }
    Instant now = time.now();
    List<StationCertificate> ending =
        store.ending(now.plus(settings.renewBefore()), MOST_AT_A_TIME);
    for (StationCertificate certificate : ending) {
      transactor.run(
          tx -> {
            if (store.claimRenewal(tx, certificate.id(), now, now.minus(BETWEEN))) {
              jobs.insert(tx, List.of(job(certificate.stationId(), certificate.use(), now)));
            }
          });
    }
  }

  @Override
  public void handle(List<Job> due) {
    due.forEach(this::handle);
  }

  private void handle(Job job) {
    SigningUse use = SigningUse.of(job.payload()).orElse(SigningUse.STATION);
    Optional<StationInfo> station = stations.byId(job.ref());
    if (station.isEmpty()) {
      transactor.run(tx -> jobs.done(tx, List.of(job)));
      return;
    }
    Reply reply = port.triggerSigning(station.get(), use).toCompletableFuture().join();
    boolean later = reply instanceof Reply.Unheard unheard && unheard.passing();
    Instant now = time.now();
    transactor.run(
        tx -> {
          store.noteRenewal(tx, station.get().id(), use, note(reply));
          if (later && job.attempts() < MOST_LOOKS) {
            jobs.retry(tx, job, now.plus(OFFLINE_PAUSE), note(reply));
          } else {
            jobs.done(tx, List.of(job));
          }
        });
  }

  /** A person asks for it: at once, and the answer is theirs. Blocks. */
  public Reply renew(StationInfo station, SigningUse use) {
    Reply reply = port.triggerSigning(station, use).toCompletableFuture().join();
    transactor.run(tx -> store.noteRenewal(tx, station.id(), use, note(reply)));
    return reply;
  }

  private static String note(Reply reply) {
    return switch (reply) {
      case Reply.Accepted _ -> "Accepted";
      case Reply.Refused refused -> refused.word();
      case Reply.Unheard unheard -> unheard.text();
    };
  }
}
