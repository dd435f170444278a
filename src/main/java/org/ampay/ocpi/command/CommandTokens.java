package org.ampay.ocpi.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;
import org.ampay.access.IdToken;
import org.ampay.ocpi.Partner;
import org.ampay.ocpi.token.RoamingToken;
import org.ampay.ocpi.token.RoamingTokens;
import org.ampay.station.Protocol;
import org.ampay.store.Transactor;
import org.jspecify.annotations.Nullable;

/**
 * Tokens that come with commands: many exist for one session only and are told of nowhere else, so
 * they are kept as if they had been sent.
 */
final class CommandTokens {

  private final RoamingTokens tokens;
  private final Transactor transactor;

  CommandTokens(RoamingTokens tokens, Transactor transactor) {
    this.tokens = tokens;
    this.transactor = transactor;
  }

  /** A token that may not be used, or may. */
  sealed interface Read {

    /** Not to be used; why. */
    record Bad(String message) implements Read {}

    /**
     * Known now.
     *
     * @param alias how it is called at OCPP 1.6 stations
     */
    record Good(RoamingToken token, String alias) implements Read {

      IdToken shown(Optional<Protocol> protocol) {
        boolean old = protocol.filter(Protocol.OCPP_16::equals).isPresent();
        return new IdToken(old ? alias : token.uid(), token.stationType());
      }
    }
  }

  /** Reads a token that was checked against the facts, and keeps it. */
  Read read(Partner partner, ObjectNode body) {
    RoamingToken token = RoamingToken.of(body);
    if (!partner.speaksFor(token.party())) {
      return new Read.Bad("you do not speak for the token's party");
    }
    if (!token.valid()) {
      return new Read.Bad("the token is not valid");
    }
    Optional<RoamingToken> known = tokens.find(partner, token.party(), token.uid(), token.type());
    if (known.isEmpty() || known.get().lastUpdated().isBefore(token.lastUpdated())) {
      tokens.put(partner, token);
    } else if (!known.get().valid()) {
      return new Read.Bad("the token is not valid by what you told later");
    }
    return tokens.byUid(partner.id(), token.uid()).isPresent()
        ? new Read.Good(token, token.alias(partner.id()).orElse(token.uid()))
        : new Read.Bad("another token with this uid is known here");
  }

  /** The partner reserved for its driver, who may charge without more until then. */
  void reserved(Partner partner, RoamingToken token, @Nullable String reference, Instant until) {
    transactor.run(tx -> tokens.reserved(tx, partner.id(), token.uid(), reference, until));
  }

  /** The reservation under that token is over. */
  void released(Partner partner, String shownUid) {
    tokens.byUid(partner.id(), shownUid).ifPresent(token -> withdraw(partner, token));
  }

  /** Nothing began: the token alone says nothing again. */
  void withdraw(Partner partner, RoamingToken token) {
    transactor.run(tx -> tokens.withdrawn(tx, partner.id(), token.uid()));
  }

  /** The partner itself wants its driver to charge. */
  void consent(Partner partner, RoamingToken token, @Nullable String reference) {
    transactor.run(
        tx -> tokens.consented(tx, partner.id(), token.uid(), RoamingTokens.COMMAND, reference));
  }
}
