package org.ampay.ocpi.credentials;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.ampay.audit.AuditEntry;
import org.ampay.audit.AuditLog;
import org.ampay.ocpi.Partner;
import org.ampay.ocpi.PartnerBook;
import org.ampay.ocpi.PartnerTokens;
import org.ampay.ocpi.PartyRef;
import org.ampay.ocpi.client.PartnerHttp;
import org.ampay.ocpi.client.PartnerReply;
import org.ampay.ocpi.http.OcpiProblem;
import org.ampay.ocpi.http.OcpiStatus;
import org.ampay.ocpi.http.PartnerCall;
import org.ampay.store.Tx;
import org.jspecify.annotations.Nullable;

/**
 * The handshake, OCPI 2.2.1 §7: partners register, change and end with us, and we with them. Calls
 * to the partner are made outside of transactions; what was agreed is committed before it is
 * answered. An answer that is lost is mended by a PUT, or by a new invitation.
 */
public final class Credentials {

  private static final int TOKEN_BYTES = 32;

  private final PartnerBook partners;
  private final PartnerHttp http;
  private final Discovery discovery;
  private final AuditLog audit;
  private final SecureRandom random;
  private final Supplier<URI> base;
  private final Function<Long, String> names;

  /**
   * @param base how the outside reaches us, without {@code /ocpi}
   * @param names of operators
   */
  public Credentials(
      PartnerBook partners,
      PartnerHttp http,
      AuditLog audit,
      SecureRandom random,
      Supplier<URI> base,
      Function<Long, String> names) {
    this.partners = partners;
    this.http = http;
    this.discovery = new Discovery(http);
    this.audit = audit;
    this.random = random;
    this.base = base;
    this.names = names;
  }

  /** {@code /ocpi/{version}/credentials}. */
  public @Nullable JsonNode handle(PartnerCall call) {
    Partner partner = call.partner();
    return switch (call.method()) {
      case "GET" -> ours(partner, token(partner)).json();
      case "POST" -> {
        if (partner.isRegistered()) {
          throw OcpiProblem.notAllowed("you are registered already: PUT changes that");
        }
        yield register(call);
      }
      case "PUT" -> {
        mustBeRegistered(partner);
        yield register(call);
      }
      case "DELETE" -> {
        mustBeRegistered(partner);
        partners.change(
            partner.id(), Credentials::ended, entry(partner, "ocpi.ended", actor(partner)));
        yield null;
      }
      default -> throw OcpiProblem.notAllowed("takes GET, POST, PUT and DELETE");
    };
  }

  private static void mustBeRegistered(Partner partner) {
    if (!partner.isRegistered()) {
      throw OcpiProblem.notAllowed("you are not registered: POST begins that");
    }
  }

  private JsonNode register(PartnerCall call) {
    CredentialsText theirs = CredentialsText.read(call.object());
    mustBeInvited(call.partner(), theirs);
    mustBeNobodyElse(call.partner(), theirs);
    String used = token(call.partner());
    Discovery.Found found =
        discovery.ask(call.partner(), theirs.url(), theirs.token(), Optional.of(call.version()));
    String ours = newToken();
    Partner changed =
        partners.change(
            call.partner().id(),
            old -> {
              mustBeAsBefore(call.partner(), used, old);
              return new PartnerBook.Change(
                  old.partner()
                      .at(theirs.url(), found.form())
                      .speaking(found.version(), found.endpoints(), theirs.roles()),
                  new PartnerTokens(ours, theirs.token()));
            },
            entry(call.partner(), "ocpi.registered", actor(call.partner())));
    return ours(changed, ours).json();
  }

  /** While we asked the partner, it may have registered by another call, or been stopped. */
  private static void mustBeAsBefore(Partner before, String used, PartnerBook.Change now) {
    if (now.partner().state() == before.state() && used.equals(now.tokens().ours())) {
      return;
    }
    throw now.partner().isRegistered() && !before.isRegistered()
        ? OcpiProblem.notAllowed("you have registered meanwhile: PUT changes that")
        : new OcpiProblem(401, OcpiStatus.CLIENT_ERROR, "the token has become void meanwhile");
  }

  /** Whoever was invited as a party is that party; nobody else speaks for it by saying so. */
  private void mustBeNobodyElse(Partner partner, CredentialsText theirs) {
    for (Partner.Role role : theirs.roles()) {
      boolean taken =
          !role.party().equals(partner.party())
              && partners.of(partner.operatorId()).stream()
                  .anyMatch(
                      other ->
                          other.id() != partner.id()
                              && other.state() != Partner.State.ENDED
                              && other.party().equals(role.party()));
      if (taken) {
        throw OcpiProblem.invalid("roles: " + role.party() + " is another partner");
      }
    }
  }

  /** A hub speaks for many, and for whom is not known before. */
  private static void mustBeInvited(Partner partner, CredentialsText theirs) {
    if (!partner.role().equals("HUB")
        && theirs.roles().stream().noneMatch(role -> role.party().equals(partner.party()))) {
      throw OcpiProblem.invalid("roles: you were invited as " + partner.party());
    }
  }

  /** Whom we let in, and TOKEN_A, which is shown once. */
  public record Invited(Partner partner, String tokenA) {
    @Override
    public String toString() {
      return "Invited[" + partner.party() + "]";
    }
  }

  /**
   * Whom to invite.
   *
   * @param ours the party of the operator
   * @param url where it lists its versions; empty: it tells itself
   */
  public record Invitation(
      long operatorId,
      PartyRef ours,
      String role,
      PartyRef party,
      String name,
      Optional<URI> url) {}

  /** Invites a partner: it may call us with the token that is answered. Blocks. */
  public Invited invite(Invitation whom, String actor) {
    String token = newToken();
    Partner partner =
        new Partner(
            partners.nextId(),
            whom.operatorId(),
            whom.ours(),
            whom.role(),
            whom.party(),
            whom.name(),
            whom.url(),
            Partner.State.INVITED,
            null,
            List.of(),
            List.of(),
            Partner.TokenForm.BASE64);
    partners.add(
        new PartnerBook.Change(partner, new PartnerTokens(token, null)),
        entry(partner, "ocpi.invited", actor));
    return new Invited(partner, token);
  }

  /** A new TOKEN_A for a partner that is not registered. Blocks. */
  public Invited inviteAgain(Partner partner, String actor) {
    String token = newToken();
    Partner changed =
        partners.change(
            partner.id(),
            old ->
                new PartnerBook.Change(
                    old.partner().in(Partner.State.INVITED), new PartnerTokens(token, null)),
            entry(partner, "ocpi.invited", actor));
    return new Invited(changed, token);
  }

  /**
   * We register with a partner that gave us its TOKEN_A; with one that we are registered with: we
   * make new tokens and look at its endpoints again. Blocks.
   *
   * @param given the partner's TOKEN_A and address; null: what we have of it
   * @throws OcpiProblem if it does not work; what was before stays
   */
  public Partner begin(Partner partner, @Nullable Given given, String actor) {
    String used = given == null ? partners.tokens(partner.id()).theirs() : given.tokenA();
    Optional<URI> url = given == null ? partner.versionsUrl() : Optional.of(given.versionsUrl());
    if (used == null || url.isEmpty()) {
      throw OcpiProblem.invalid("we have no token and address of " + partner.party());
    }
    Discovery.Found found = discovery.ask(partner, url.get(), used, Optional.empty());
    boolean again = partner.isRegistered();
    String ours = newToken();
    // The partner looks at our versions with the new token before it answers.
    partners.change(partner.id(), old -> coming(old, again, ours), tx -> {});
    try {
      CredentialsText theirs = introduce(partner, again ? "PUT" : "POST", found, used, ours);
      mustBeNobodyElse(partner, theirs);
      return partners.change(
          partner.id(),
          old ->
              new PartnerBook.Change(
                  old.partner()
                      .at(theirs.url(), found.form())
                      .speaking(found.version(), found.endpoints(), theirs.roles()),
                  new PartnerTokens(ours, theirs.token())),
          entry(partner, "ocpi.registered", actor));
    } catch (RuntimeException e) {
      partners.change(
          partner.id(),
          old ->
              new PartnerBook.Change(
                  old.partner().in(partner.state()),
                  new PartnerTokens(old.tokens().ours(), old.tokens().theirs())),
          tx -> {});
      throw e;
    }
  }

  /** Until the partner has answered, what was agreed before stays good. */
  private static PartnerBook.Change coming(PartnerBook.Change old, boolean again, String ours) {
    Partner.State state = again ? old.partner().state() : Partner.State.INVITED;
    return new PartnerBook.Change(
        old.partner().in(state),
        new PartnerTokens(old.tokens().ours(), old.tokens().theirs(), ours));
  }

  private CredentialsText introduce(
      Partner partner, String method, Discovery.Found found, String used, String ours) {
    PartnerReply reply =
        http.call(
                partner,
                new PartnerHttp.Send(
                    method,
                    found.credentials(),
                    used,
                    found.form(),
                    Map.of(),
                    ours(partner, ours).json()))
            .reply();
    if (!(reply instanceof PartnerReply.Done done)) {
      throw OcpiProblem.invalid("the partner did not register us: " + why(reply));
    }
    return CredentialsText.read(done.data());
  }

  /** A partner's invitation of us. */
  public record Given(String tokenA, URI versionsUrl) {
    @Override
    public String toString() {
      return "Given[" + versionsUrl + "]";
    }
  }

  private static String why(PartnerReply reply) {
    return switch (reply) {
      case PartnerReply.Done _ -> "";
      case PartnerReply.Refused refused -> refused.message();
      case PartnerReply.Failed failed -> failed.reason();
      case PartnerReply.NoEndpoint none -> none.reason();
    };
  }

  /** Ends a connection: the partner is told if it can be reached, and its token is void. Blocks. */
  public Partner end(Partner partner, String actor) {
    String token = partners.tokens(partner.id()).theirs();
    if (partner.isRegistered() && token != null) {
      partner.endpoints().stream()
          .filter(endpoint -> endpoint.module().equals("credentials"))
          .findFirst()
          .ifPresent(
              at ->
                  http.call(
                      partner,
                      new PartnerHttp.Send(
                          "DELETE", at.url(), token, partner.tokenForm(), Map.of(), null)));
    }
    return partners.change(partner.id(), Credentials::ended, entry(partner, "ocpi.ended", actor));
  }

  /**
   * Reads the partner's versions and endpoints again; what was agreed stays. Blocks.
   *
   * @throws OcpiProblem if they cannot be read, or have our version no more
   */
  public Partner refresh(Partner partner, String actor) {
    String token = partners.tokens(partner.id()).theirs();
    if (token == null || partner.versionsUrl().isEmpty()) {
      throw OcpiProblem.invalid("we have no token and address of " + partner.party());
    }
    Discovery.Found found =
        discovery.ask(
            partner, partner.versionsUrl().get(), token, Optional.ofNullable(partner.version()));
    return partners.change(
        partner.id(),
        old ->
            old.partner().isRegistered() && old.partner().version() == found.version()
                ? new PartnerBook.Change(
                    old.partner()
                        .speaking(found.version(), found.endpoints(), old.partner().parties()),
                    old.tokens())
                : old,
        entry(partner, "ocpi.refreshed", actor));
  }

  /** Stops a connection for a while, or lets it go on: its tokens stay. Blocks. */
  public Partner suspend(Partner partner, boolean stopped, String actor) {
    return partners.change(
        partner.id(),
        old -> new PartnerBook.Change(old.partner().in(next(old.partner(), stopped)), old.tokens()),
        entry(partner, stopped ? "ocpi.suspended" : "ocpi.resumed", actor));
  }

  private static Partner.State next(Partner partner, boolean stopped) {
    if (stopped) {
      return Partner.State.SUSPENDED;
    }
    return partner.version() == null ? Partner.State.INVITED : Partner.State.REGISTERED;
  }

  private static PartnerBook.Change ended(PartnerBook.Change old) {
    return new PartnerBook.Change(
        old.partner().in(Partner.State.ENDED), new PartnerTokens(null, null));
  }

  private String token(Partner partner) {
    return String.valueOf(partners.tokens(partner.id()).ours());
  }

  /** Where partners begin: what to tell them with their TOKEN_A. */
  public URI versionsUrl() {
    return URI.create(base.get().toString().replaceFirst("/+$", "") + "/ocpi/versions");
  }

  private CredentialsText ours(Partner partner, String token) {
    URI url = versionsUrl();
    String name = names.apply(partner.operatorId());
    return new CredentialsText(token, url, List.of(new Partner.Role("CPO", partner.ours(), name)));
  }

  private String newToken() {
    byte[] bytes = new byte[TOKEN_BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static String actor(Partner partner) {
    return "partner:" + partner.party();
  }

  private Consumer<Tx> entry(Partner partner, String action, String actor) {
    return tx ->
        audit.append(
            tx,
            AuditEntry.of(partner.operatorId(), actor, action, "partner:" + partner.id())
                .with("party", partner.party().toString()));
  }
}
