package org.ampay.web;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.ampay.access.Tokens;
import org.ampay.access.list.LocalLists;
import org.ampay.access.reservation.Reservations;
import org.ampay.audit.AuditLog;
import org.ampay.base.IdSource;
import org.ampay.base.TimeSource;
import org.ampay.billing.catalog.TariffCatalog;
import org.ampay.billing.promotion.Promotions;
import org.ampay.billing.simulation.Simulations;
import org.ampay.charging.CostBoard;
import org.ampay.charging.LimitWatch;
import org.ampay.charging.LiveCosts;
import org.ampay.charging.Reviews;
import org.ampay.cluster.LiveBus;
import org.ampay.ledger.LedgerStore;
import org.ampay.ocpi.PartnerBook;
import org.ampay.ocpi.cdr.HeldCdrs;
import org.ampay.ocpi.credentials.Credentials;
import org.ampay.ocpi.http.OcpiServer;
import org.ampay.ocpi.location.PlaceBook;
import org.ampay.ocpi.log.BufferedCallLog;
import org.ampay.ocpi.push.Comparisons;
import org.ampay.ocpi.push.PushQueue;
import org.ampay.ocpi.roaming.RoamingMoney;
import org.ampay.ocpi.terminal.Terminals;
import org.ampay.ocpi.token.TokenPull;
import org.ampay.ocpp.edge.SecurityDialect;
import org.ampay.payment.Debts;
import org.ampay.payment.ManualQueue;
import org.ampay.payment.Refunds;
import org.ampay.payment.Wallets;
import org.ampay.payment.Withdrawals;
import org.ampay.payment.account.PaymentAccounts;
import org.ampay.payment.callback.Inbox;
import org.ampay.payment.method.DriverMethods;
import org.ampay.payment.method.DriverPins;
import org.ampay.payment.order.Orders;
import org.ampay.power.ProfileOrders;
import org.ampay.power.SmartCharging;
import org.ampay.station.CommandPort;
import org.ampay.station.Inventory;
import org.ampay.station.Protocol;
import org.ampay.station.StationSecurity;
import org.ampay.station.certs.StationCertificates;
import org.ampay.station.command.CommandDesk;
import org.ampay.station.device.DeviceDesk;
import org.ampay.station.files.FileLinks;
import org.ampay.station.files.Firmwares;
import org.ampay.station.files.StationFiles;
import org.ampay.station.reports.ReportOrders;
import org.ampay.station.reports.Transfers;
import org.ampay.store.Database;
import org.ampay.web.people.People;

/** Everything that the web needs of the other rooms. */
public record WebRooms(
    Ground ground,
    Field field,
    Finance finance,
    Security security,
    People people,
    Reported reported,
    Charging charging,
    Power power,
    Paying paying,
    Roaming roaming) {

  /**
   * What carries everything.
   *
   * @param ids of rows that the web makes
   * @param random cryptographically strong
   */
  public record Ground(
      Database database,
      TimeSource time,
      IdSource ids,
      RandomGenerator random,
      AuditLog audit,
      Threads threads,
      Health health) {}

  /**
   * @param workers a virtual thread a task
   * @param timer for short tasks only
   */
  public record Threads(Executor workers, ScheduledExecutorService timer) {}

  /**
   * @param unready why the process cannot serve, empty when it can; asked at each {@code /readyz}
   */
  public record Health(PrometheusMeterRegistry metrics, Supplier<Optional<String>> unready) {}

  /** Stations and who charges at them. */
  public record Field(
      Inventory inventory,
      Tokens tokens,
      CommandPort commands,
      CommandDesk desk,
      LiveBus live,
      Places places,
      StationCertificates certificates,
      DeviceDesk devices) {}

  /** What stations keep for tokens. */
  public record Places(LocalLists lists, Reservations reservations) {}

  /**
   * The security of the stations' connections.
   *
   * @param url where they connect by TLS, without the identity; empty: nowhere
   */
  public record Security(
      StationSecurity stations, Map<Protocol, SecurityDialect> dialects, Optional<String> url) {
    public Security {
      dialects = Map.copyOf(dialects);
    }
  }

  /** Prices and money. */
  public record Finance(
      TariffCatalog tariffs,
      LedgerStore ledger,
      Wallets wallets,
      Withdrawals withdrawals,
      Refunds refunds,
      Simulations simulations,
      Promotions promotions,
      Manual manual) {}

  /** What persons decide about payments, and what drivers owe. */
  public record Manual(ManualQueue queue, Debts debts) {}

  /** What stations report beside charging, and the files of it. */
  public record Reported(
      StationFiles files,
      FileLinks links,
      Firmwares firmwares,
      Transfers transfers,
      Map<Protocol, ReportOrders> orders) {

    public Reported {
      orders = Map.copyOf(orders);
    }
  }

  /** Doubtful sessions, who shows costs, what drivers ordered, what sessions cost now. */
  public record Charging(Reviews reviews, CostBoard costs, LimitWatch limits, LiveCosts live) {}

  /** Charging profiles. */
  public record Power(SmartCharging charging, ProfileOrders orders) {}

  /** Accounts with payment providers, their callbacks, how drivers and partners pay. */
  public record Paying(
      PaymentAccounts accounts,
      DriverMethods methods,
      DriverPins pins,
      Inbox inbox,
      Orders orders,
      RoamingMoney roaming) {}

  /** Partners by OCPI. */
  public record Roaming(
      OcpiServer server,
      PartnerBook partners,
      Credentials credentials,
      BufferedCallLog log,
      PushQueue pushes,
      Comparisons comparisons,
      ByHand byHand) {}

  /**
   * What people see to: CDRs held back, card terminals, places that cannot be told, pulls of
   * tokens.
   */
  public record ByHand(HeldCdrs held, Terminals terminals, PlaceBook places, TokenPull tokens) {}
}
