package org.ampay.app;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ampay.access.Driver;
import org.ampay.access.Token;
import org.ampay.app.SeedStore.Row;
import org.ampay.ledger.Account;
import org.ampay.ledger.JournalEntry;
import org.ampay.ledger.Journals;
import org.ampay.ledger.Posting;
import org.ampay.ledger.SqlLedgerStore;
import org.ampay.station.Inventory;
import org.ampay.station.NewStation;
import org.ampay.station.NewStation.NewConnector;
import org.ampay.station.NewStation.NewEvse;
import org.ampay.station.Operator;
import org.ampay.station.Site;
import org.ampay.store.Tx;

/**
 * Stations and tokens for load tests. Idempotent: what exists stays as it is, but for the password.
 */
public final class Seed {

  private static final int CHUNK = 1_000;
  private static final int PER_SITE = 500;
  private static final int POWER_W = 400_000;
  private static final String SITE_CODE = "SEED";

  private final Foundation on;
  private final Inventory inventory;
  private final SeedStore store;
  private final Journals journals;

  public Seed(Foundation on) {
    this.on = on;
    this.inventory = new Inventory(on.database(), on.ids(), on.time(), on.passwords());
    this.store = new SeedStore(on.ids(), on.time().now());
    this.journals = new Journals(new SqlLedgerStore(), on.idSource("money"), on.time());
  }

  /** How much was made; the rest existed. */
  public record Made(int stations, int tokens) {}

  /**
   * Makes what is missing.
   *
   * @param balanceMinor of a new driver's wallet
   * @param password of all the stations; empty: they connect without credentials
   */
  public Made plant(int stations, int tokens, long balanceMinor, Optional<String> password) {
    DefaultTariff.ensure(on, operator());
    int newStations = 0;
    for (int from = 1; from <= stations; from += PER_SITE) {
      long site = site(from / PER_SITE + 1);
      newStations += stations(site, from, Math.min(stations, from + PER_SITE - 1), password);
    }
    int newTokens = 0;
    for (int from = 1; from <= tokens; from += CHUNK) {
      newTokens += tokens(from, Math.min(tokens, from + CHUNK - 1), balanceMinor);
    }
    on.database().transactor().run(store::changed);
    return new Made(newStations, newTokens);
  }

  private Operator operator() {
    return inventory.operator(Operator.DEFAULT_ID).orElseThrow();
  }

  private long site(int number) {
    String code = number == 1 ? SITE_CODE : SITE_CODE + "-" + number;
    return inventory.sites(Operator.DEFAULT_ID).stream()
        .filter(site -> site.code().equals(code))
        .findFirst()
        .orElseGet(() -> inventory.createSite(draftSite(code)))
        .id();
  }

  private static Site draftSite(String code) {
    Site.Address address =
        new Site.Address(
            "世纪大道100号",
            "上海市",
            "200120",
            "CHN",
            new java.math.BigDecimal("31.236305"),
            new java.math.BigDecimal("121.505190"));
    return new Site(
        0, Operator.DEFAULT_ID, code, "Load test 压力测试站", address, ZoneId.of("Asia/Shanghai"), true);
  }

  private int stations(long site, int from, int to, Optional<String> password) {
    Map<String, NewStation> wanted = new LinkedHashMap<>();
    for (int number = from; number <= to; number++) {
      String identity = String.format(Locale.ROOT, "CP%06d", number);
      wanted.put(identity, station(site, identity, password.isPresent()));
    }
    return on.database().transactor().call(tx -> stations(tx, wanted, password));
  }

  private static NewStation station(long site, String identity, boolean withPassword) {
    NewEvse evse = new NewEvse(1, true, 3, POWER_W, List.of(new NewConnector(1, "GBT_DC")));
    return new NewStation(
        Operator.DEFAULT_ID, site, identity, identity, withPassword ? 1 : 0, List.of(evse));
  }

  private int stations(Tx tx, Map<String, NewStation> wanted, Optional<String> password) {
    Map<String, Long> existing = store.stations(tx, wanted.keySet());
    password.ifPresent(
        word ->
            existing
                .values()
                .forEach(id -> store.setPassword(tx, id, on.passwords().hash(id, word))));
    List<Row> rows = new ArrayList<>();
    for (NewStation station : wanted.values()) {
      if (!existing.containsKey(station.identity())) {
        long id = on.ids().next();
        byte[] hash = password.map(word -> on.passwords().hash(id, word)).orElse(null);
        rows.add(new Row(id, station, hash));
      }
    }
    store.insertStations(tx, rows);
    return rows.size();
  }

  private int tokens(int from, int to, long balanceMinor) {
    List<String> uids = new ArrayList<>();
    for (int number = from; number <= to; number++) {
      uids.add(String.format(Locale.ROOT, "TAG%05d", number));
    }
    return on.database().transactor().call(tx -> tokens(tx, uids, balanceMinor));
  }

  private int tokens(Tx tx, List<String> uids, long balanceMinor) {
    Operator operator = operator();
    List<String> keys = uids.stream().map(uid -> uid.toLowerCase(Locale.ROOT)).toList();
    Set<String> existing = store.tokens(tx, operator.id(), keys);
    List<Driver> drivers = new ArrayList<>();
    List<Token> tokens = new ArrayList<>();
    for (String uid : uids) {
      if (existing.contains(uid.toLowerCase(Locale.ROOT))) {
        continue;
      }
      long driver = on.ids().next();
      drivers.add(new Driver(driver, operator.id(), "Driver " + uid, null, null, null, null));
      tokens.add(token(operator.id(), uid, driver));
    }
    store.insertDrivers(tx, drivers);
    store.insertTokens(tx, tokens);
    if (balanceMinor > 0 && !drivers.isEmpty()) {
      journals.post(tx, List.of(topUp(operator, drivers, balanceMinor)));
    }
    return tokens.size();
  }

  private Token token(long operatorId, String uid, long driver) {
    return new Token(
        on.ids().next(),
        operatorId,
        uid,
        "ISO14443",
        null,
        driver,
        null,
        null,
        false,
        1,
        List.of());
  }

  /** One journal for all of them: a thousand wallets cost hardly more than one. */
  private static JournalEntry topUp(Operator operator, List<Driver> drivers, long minor) {
    String currency = operator.currency();
    long first = drivers.getFirst().id();
    List<Posting> postings = new ArrayList<>(drivers.size() + 1);
    postings.add(
        Posting.debit(
            Account.bank(operator.id(), currency), Math.multiplyExact(minor, drivers.size())));
    for (Driver driver : drivers) {
      postings.add(Posting.credit(Account.walletReal(operator.id(), driver.id(), currency), minor));
    }
    return new JournalEntry("seed:" + first, "top_up", first, operator.id(), postings);
  }
}
