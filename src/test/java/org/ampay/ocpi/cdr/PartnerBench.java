package org.ampay.ocpi.cdr;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ampay.ocpi.OcpiVersion;
import org.ampay.ocpi.Partner;
import org.ampay.ocpi.Partners;
import org.ampay.ocpi.RoamingSession;
import org.ampay.ocpi.RoamingSessions;
import org.ampay.ocpi.push.PushKind;
import org.ampay.ocpi.push.Pushes;
import org.ampay.store.Tx;

/** Partners, their sessions and what they were to be told, kept in memory for tests. */
public final class PartnerBench implements RoamingSessions, Pushes {

  private final Map<Long, RoamingSession> sessions = new HashMap<>();

  /** {@code partner KIND key}, in their order. */
  public final List<String> wanted = new ArrayList<>();

  /** A partner that speaks a version. */
  public static Partner partner(long id, OcpiVersion version) {
    return new Partner(
        id,
        1,
        CdrSamples.OURS,
        "EMSP",
        CdrSamples.THEIRS,
        "EMP",
        Optional.empty(),
        Partner.State.REGISTERED,
        version,
        List.of(),
        List.of(),
        Partner.TokenForm.BASE64);
  }

  /** From now on the session is of that partner's driver. */
  public void belongs(long session, long partner) {
    sessions.put(session, CdrSamples.roaming(session, partner));
  }

  @Override
  public Optional<RoamingSession> of(long sessionId) {
    return Optional.ofNullable(sessions.get(sessionId));
  }

  /** All partners are registered, whatever their id. */
  public Partners partners() {
    return new Partners() {
      @Override
      public Optional<Partner> byId(long partnerId) {
        return Optional.of(partner(partnerId, OcpiVersion.V2_2_1));
      }

      @Override
      public List<Partner> of(long operatorId) {
        return List.of();
      }

      @Override
      public List<Partner> registered() {
        return List.of();
      }
    };
  }

  @Override
  public void wanted(Tx tx, long partnerId, PushKind kind, String key) {
    wanted.add(partnerId + " " + kind + " " + key);
  }

  @Override
  public void wanted(Collection<Long> partnerIds, PushKind kind, Collection<String> keys) {
    throw new UnsupportedOperationException("CDRs are told in their commit");
  }
}
