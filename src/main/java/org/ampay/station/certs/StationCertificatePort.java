package org.ampay.station.certs;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.ampay.station.CommandOutcome;
import org.ampay.station.StationInfo;

/**
 * The certificate commands in the words of whatever OCPP version a station speaks: implemented by
 * {@code ocpp}.
 */
public interface StationCertificatePort {

  /** What a station answered, or why it did not. */
  sealed interface Reply {

    /** The station did it. */
    record Accepted() implements Reply {}

    /**
     * The station would not.
     *
     * @param word {@code Rejected}, {@code Failed}, {@code NotFound}, ...
     */
    record Refused(String word) implements Reply {}

    /** No answer that could be read; it may do so later. */
    record Unheard(CommandOutcome why) implements Reply {

      /** In a few words, for people. */
      public String text() {
        return switch (why) {
          case CommandOutcome.NotConnected _ -> "not connected";
          case CommandOutcome.TimedOut _ -> "no answer in time";
          case CommandOutcome.Error error -> error.code() + " " + error.description();
          case CommandOutcome.Invalid invalid ->
              "answer breaks the schema: " + invalid.description();
          case CommandOutcome.UnknownAction _ -> "not possible in the station's OCPP version";
          case CommandOutcome.BadPayload bad -> bad.field() + ": " + bad.description();
          case CommandOutcome.Answered answered -> answered.payload();
        };
      }

      /** True when a later try may be heard. */
      public boolean passing() {
        return why instanceof CommandOutcome.NotConnected || why instanceof CommandOutcome.TimedOut;
      }
    }
  }

  /**
   * A certificate that a station says it holds.
   *
   * @param children the further certificates of a chain
   */
  record Reported(CertificateKind kind, CertificateHash hash, List<CertificateHash> children) {
    public Reported {
      children = List.copyOf(children);
    }
  }

  /**
   * What a station holds.
   *
   * @param reply Refused when it found none ({@code NotFound})
   */
  record Inventory(Reply reply, List<Reported> certificates) {
    public Inventory {
      certificates = List.copyOf(certificates);
    }
  }

  /** CertificateSigned with a chain in PEM. */
  CompletionStage<Reply> signed(StationInfo station, SigningUse use, String chain);

  /** InstallCertificate. */
  CompletionStage<Reply> install(StationInfo station, CertificateKind kind, String pem);

  /** DeleteCertificate. */
  CompletionStage<Reply> delete(StationInfo station, CertificateHash hash);

  /**
   * GetInstalledCertificateIds; what the station's version has no word for is left out.
   *
   * @param kinds empty: all
   */
  CompletionStage<Inventory> installed(StationInfo station, Set<CertificateKind> kinds);

  /** TriggerMessage or ExtendedTriggerMessage that makes the station send SignCertificate. */
  CompletionStage<Reply> triggerSigning(StationInfo station, SigningUse use);
}
