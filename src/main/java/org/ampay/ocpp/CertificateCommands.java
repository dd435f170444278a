package org.ampay.ocpp;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.ampay.ocpp.edge.CertificateOrders;
import org.ampay.ocpp.edge.RemoteOrders.Order;
import org.ampay.ocpp.wire.WireException;
import org.ampay.station.CommandOutcome;
import org.ampay.station.CommandPort;
import org.ampay.station.Protocol;
import org.ampay.station.StationInfo;
import org.ampay.station.certs.CertificateHash;
import org.ampay.station.certs.CertificateKind;
import org.ampay.station.certs.SigningUse;
import org.ampay.station.certs.StationCertificatePort;

/** Sends the certificate commands in whatever version the station speaks. */
public final class CertificateCommands implements StationCertificatePort {

  private static final Set<String> DONE = Set.of("Accepted");

  private final CommandPort commands;
  private final Map<Protocol, CertificateOrders> orders;

  public CertificateCommands(CommandPort commands, Map<Protocol, CertificateOrders> orders) {
    this.commands = commands;
    this.orders = Map.copyOf(orders);
  }

  @Override
  public CompletionStage<Reply> signed(StationInfo station, SigningUse use, String chain) {
    return send(station, version -> version.signed(use, chain));
  }

  @Override
  public CompletionStage<Reply> install(StationInfo station, CertificateKind kind, String pem) {
    return send(station, version -> version.install(kind, pem));
  }

  @Override
  public CompletionStage<Reply> delete(StationInfo station, CertificateHash hash) {
    return send(station, version -> Optional.of(version.delete(hash)));
  }

  @Override
  public CompletionStage<Reply> triggerSigning(StationInfo station, SigningUse use) {
    return send(station, version -> version.trigger(use));
  }

  @Override
  public CompletionStage<Inventory> installed(StationInfo station, Set<CertificateKind> kinds) {
    Optional<CertificateOrders> version = version(station);
    if (version.isEmpty()) {
      return done(new Inventory(unheard(new CommandOutcome.NotConnected()), List.of()));
    }
    CompletionStage<Inventory> all = done(new Inventory(new Reply.Refused("NotFound"), List.of()));
    for (Order order : version.get().installed(kinds)) {
      all =
          all.thenCompose(
              before ->
                  before.reply() instanceof Reply.Unheard
                      ? done(before)
                      : commands
                          .send(station, order.action(), order.payload())
                          .thenApply(outcome -> joined(before, version.get(), order, outcome)));
    }
    return all;
  }

  private static Inventory joined(
      Inventory before, CertificateOrders version, Order order, CommandOutcome outcome) {
    if (!(outcome instanceof CommandOutcome.Answered(String payload))) {
      return new Inventory(unheard(outcome), List.of());
    }
    try {
      List<Reported> certificates = new ArrayList<>(before.certificates());
      certificates.addAll(version.reported(order, payload));
      return new Inventory(
          certificates.isEmpty() ? new Reply.Refused("NotFound") : new Reply.Accepted(),
          certificates);
    } catch (WireException e) {
      return new Inventory(broken(payload, e), List.of());
    }
  }

  private CompletionStage<Reply> send(
      StationInfo station, Function<CertificateOrders, Optional<Order>> make) {
    Optional<CertificateOrders> version = version(station);
    if (version.isEmpty()) {
      return done(unheard(new CommandOutcome.NotConnected()));
    }
    Optional<Order> order = make.apply(version.get());
    if (order.isEmpty()) {
      return done(unheard(new CommandOutcome.UnknownAction("")));
    }
    return commands
        .send(station, order.get().action(), order.get().payload())
        .thenApply(outcome -> reply(version.get(), order.get(), outcome));
  }

  private static Reply reply(CertificateOrders version, Order order, CommandOutcome outcome) {
    if (!(outcome instanceof CommandOutcome.Answered(String payload))) {
      return unheard(outcome);
    }
    try {
      String status = version.status(order, payload);
      return DONE.contains(status) ? new Reply.Accepted() : new Reply.Refused(status);
    } catch (WireException e) {
      return broken(payload, e);
    }
  }

  private static Reply broken(String payload, WireException e) {
    return unheard(new CommandOutcome.Invalid(payload, String.valueOf(e.getMessage())));
  }

  private static Reply unheard(CommandOutcome why) {
    return new Reply.Unheard(why);
  }

  private Optional<CertificateOrders> version(StationInfo station) {
    return commands.connected(station.id()).map(orders::get);
  }

  private static <T> CompletionStage<T> done(T value) {
    return CompletableFuture.completedFuture(value);
  }
}
