package org.ampay.payment.order;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.ampay.base.Money;
import org.ampay.payment.provider.Capabilities;
import org.ampay.payment.provider.CommandKind;
import org.ampay.payment.provider.Form;
import org.ampay.payment.provider.ProviderKey;
import org.ampay.payment.provider.wallet.WalletProvider;
import org.ampay.station.StationInfo;

/**
 * What an operator offers its payers: the wallet with us, and each account by what its provider
 * can. A hold comes before a payment that is given back in part.
 */
final class PayWays {

  /** Nobody is asked for more: a typing error would be. 100,000 of a currency's units. */
  private static final long MOST_UNITS = 100_000;

  private final ChargePlaces places;
  private final PayAccounts accounts;

  PayWays(ChargePlaces places, PayAccounts accounts) {
    this.places = places;
    this.accounts = accounts;
  }

  List<PayWay> at(String payCode) {
    return places.find(payCode).map(spot -> of(spot.station())).orElse(List.of());
  }

  OptionalLong operatorOf(String payCode) {
    return places
        .find(payCode)
        .map(spot -> OptionalLong.of(spot.station().operatorId()))
        .orElse(OptionalLong.empty());
  }

  List<PayWay> of(StationInfo station) {
    List<PayWay> ways = new ArrayList<>();
    for (PayAccounts.Account account : accounts.of(station.operatorId())) {
      Set<String> currencies = account.can().currencies();
      if (currencies.isEmpty() || currencies.contains(station.currency())) {
        ways.addAll(of(account, station));
      }
    }
    ProviderKey wallet = ProviderKey.inLedger(WalletProvider.NAME);
    ways.add(
        way(
            wallet,
            WalletProvider.NAME,
            new Kind(Flow.WALLET, Form.IN_APP),
            new Capabilities.Limits(
                1, Long.MAX_VALUE, java.time.Duration.ZERO, java.time.Duration.ZERO, 0),
            station));
    return List.copyOf(ways);
  }

  private record Kind(Flow flow, Form form) {}

  private static List<PayWay> of(PayAccounts.Account account, StationInfo station) {
    return kinds(account.can()).stream()
        .map(kind -> way(account.key(), account.name(), kind, account.can().limits(), station))
        .toList();
  }

  /** A payer of a hold is asked by a QR code where the provider has one. */
  private static List<Kind> kinds(Capabilities can) {
    boolean qr = can.flows().contains(Capabilities.Flow.QR);
    boolean redirect = can.flows().contains(Capabilities.Flow.REDIRECT);
    List<Kind> kinds = new ArrayList<>();
    if (can.flows().contains(Capabilities.Flow.PREAUTH) && can.can(CommandKind.AUTHORIZE)) {
      kinds.add(new Kind(Flow.PREAUTH, qr ? Form.QR : Form.REDIRECT));
    }
    if (can.flows().contains(Capabilities.Flow.PREPAID) && can.can(CommandKind.PRESENT)) {
      if (qr) {
        kinds.add(new Kind(Flow.PREPAID, Form.QR));
      }
      if (redirect) {
        kinds.add(new Kind(Flow.PREPAID, Form.REDIRECT));
      }
    }
    return kinds;
  }

  private static PayWay way(
      ProviderKey via, String name, Kind kind, Capabilities.Limits limits, StationInfo station) {
    String currency = station.currency();
    long unit = 1;
    for (int i = 0; i < Money.exponent(currency); i++) {
      unit *= 10;
    }
    long most = Math.min(limits.maxMinor(), MOST_UNITS * unit);
    long least = Math.min(Math.max(1, limits.minMinor()), most);
    long usual = Math.clamp(station.holdMinor() > 0 ? station.holdMinor() : 50 * unit, least, most);
    return new PayWay(
        via,
        name,
        kind.flow(),
        kind.form(),
        new Money(currency, least),
        new Money(currency, most),
        new Money(currency, usual));
  }

  /** The way that a payer chose; empty: it is not offered. */
  Optional<PayWay> chosen(StationInfo station, NewOrder draft) {
    return of(station).stream()
        .filter(way -> way.via().equals(draft.via()))
        .filter(way -> way.flow() == draft.flow())
        .filter(way -> way.form() == draft.form() || draft.form() == Form.IN_APP)
        .findFirst();
  }
}
