package org.ampay.ocpi.push;

import java.util.Locale;
import org.ampay.ocpi.client.PartnerReply;

/** What follows from an attempt to send an object. */
sealed interface PushVerdict {

  /** The partner knows it. */
  record Taken() implements PushVerdict {}

  /** There is nothing to tell any more; the partner was not asked. */
  record Gone() implements PushVerdict {}

  /** Something else has to be taken first; the partner was not asked. */
  record NotYet(Failure failure) implements PushVerdict {}

  /** To be tried again, for ever: the partner is away or unwell. */
  record Later(Failure failure) implements PushVerdict {}

  /**
   * The partner does not want it as it is.
   *
   * @param placeUnknown it does not know the location, which should be sent first
   */
  record Refused(Failure failure, boolean placeUnknown) implements PushVerdict {}

  /** The partner has nowhere to send it to. */
  record NoEndpoint(Failure failure) implements PushVerdict {}

  /**
   * What went wrong; 0 where there was no such number.
   *
   * @param status of OCPI
   */
  record Failure(int http, int status, String reason) {}

  /** What to make of a reply. */
  static PushVerdict of(PushKind kind, String method, PartnerReply reply) {
    return switch (reply) {
      case PartnerReply.Done done -> new Taken();
      case PartnerReply.Failed failed -> new Later(new Failure(0, 0, failed.reason()));
      case PartnerReply.NoEndpoint none -> new NoEndpoint(new Failure(0, 0, none.reason()));
      case PartnerReply.Refused refused -> of(kind, method, refused);
    };
  }

  private static PushVerdict of(PushKind kind, String method, PartnerReply.Refused refused) {
    int http = refused.http();
    // After a lost answer, the second attempt finds what the first one brought about.
    boolean gone = method.equals("DELETE") && http == 404;
    boolean there = kind == PushKind.CDR && http == 409;
    if (gone || there) {
      return new Taken();
    }
    Failure failure =
        new Failure(
            http,
            refused.status(),
            String.format(
                Locale.ROOT, "HTTP %d, OCPI %d: %s", http, refused.status(), refused.message()));
    boolean unwell =
        switch (http) {
          case 401, 403, 408, 425, 429 -> true;
          default -> http >= 500 || (refused.status() >= 3000 && refused.status() < 4000);
        };
    boolean placeUnknown = kind == PushKind.EVSE && (http == 404 || refused.status() == 2003);
    return unwell ? new Later(failure) : new Refused(failure, placeUnknown);
  }
}
