package org.ampay.ocpi;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Another system that one of our operators speaks OCPI with: one connection, one token in each
 * direction. Its secrets are not in here.
 *
 * @param role what it was invited as: {@code EMSP}, {@code HUB}, {@code NSP}, {@code PTP} …
 * @param party whom it was invited as
 * @param versionsUrl empty until somebody told it
 * @param version what both chose; null until the handshake
 * @param endpoints where its modules are, in that version
 * @param parties all that it speaks for, by its credentials; tokens of these are its own
 */
public record Partner(
    long id,
    long operatorId,
    PartyRef ours,
    String role,
    PartyRef party,
    String name,
    Optional<URI> versionsUrl,
    State state,
    @Nullable OcpiVersion version,
    List<Endpoint> endpoints,
    List<Role> parties,
    TokenForm tokenForm) {

  public Partner {
    endpoints = List.copyOf(endpoints);
    parties = List.copyOf(parties);
  }

  /** Where a connection stands. */
  public enum State {
    /** It has TOKEN_A, or we have one of it. */
    INVITED,
    /** Both have their tokens. */
    REGISTERED,
    /** One of our people stopped it: it gets 401 and is not called. */
    SUSPENDED,
    /** It or we unregistered; may be invited again. */
    ENDED
  }

  /** How we write its token; both forms are read. */
  public enum TokenForm {
    BASE64,
    PLAIN
  }

  /** One of its modules. */
  public record Endpoint(String module, InterfaceRole role, URI url) {}

  /** Somebody that it speaks for. */
  public record Role(String role, PartyRef party, String name) {}

  /** Where a module of it is; empty: it has none. */
  public Optional<URI> endpoint(ModuleId module, InterfaceRole role) {
    return endpoints.stream()
        .filter(endpoint -> endpoint.module().equals(module.wire()) && endpoint.role() == role)
        .map(Endpoint::url)
        .findFirst();
  }

  /**
   * An address that the partner gave, whole or from where one of its modules is; empty unless it is
   * on the same host and port: our token is sent nowhere else.
   */
  public Optional<URI> beside(ModuleId module, InterfaceRole side, String address) {
    return endpoint(module, side)
        .flatMap(
            base -> {
              try {
                URI url = base.resolve(new URI(address));
                boolean same =
                    Objects.equals(base.getScheme(), url.getScheme())
                        && Objects.equals(base.getAuthority(), url.getAuthority());
                return same ? Optional.of(url) : Optional.empty();
              } catch (URISyntaxException e) {
                return Optional.empty();
              }
            });
  }

  /**
   * Whether it speaks for that party. A hub does for whoever is behind it: by 2.2.1 it does not
   * list them in its credentials.
   */
  public boolean speaksFor(PartyRef other) {
    return party.equals(other)
        || parties.stream().anyMatch(role -> role.party().equals(other))
        || role.equals("HUB") && !other.equals(ours);
  }

  /** Whether it may call us and is called. */
  public boolean isRegistered() {
    return state == State.REGISTERED && version != null;
  }

  /** The same in another state. */
  public Partner in(State next) {
    return new Partner(
        id,
        operatorId,
        ours,
        role,
        party,
        name,
        versionsUrl,
        next,
        version,
        endpoints,
        parties,
        tokenForm);
  }

  /** The same, reached there, with tokens in that form. */
  public Partner at(URI url, TokenForm form) {
    return new Partner(
        id,
        operatorId,
        ours,
        role,
        party,
        name,
        Optional.of(url),
        state,
        version,
        endpoints,
        parties,
        form);
  }

  /** The same after a handshake. */
  public Partner speaking(OcpiVersion chosen, List<Endpoint> at, List<Role> speaksFor) {
    return new Partner(
        id,
        operatorId,
        ours,
        role,
        party,
        name,
        versionsUrl,
        State.REGISTERED,
        chosen,
        at,
        speaksFor,
        tokenForm);
  }
}
