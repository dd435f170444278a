package org.ampay.app.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.ampay.base.Money;
import org.ampay.base.TimeSource;
import org.ampay.ocpi.OcpiVersion;
import org.ampay.ocpi.Partner;
import org.ampay.ocpi.PartnerBook;
import org.ampay.ocpi.PartnerTokens;
import org.ampay.ocpi.PartyRef;
import org.ampay.ocpi.RoamingSession;
import org.ampay.ocpi.cdr.Bucket;
import org.ampay.ocpi.cdr.CdrCosts;
import org.ampay.ocpi.cdr.CdrStore;
import org.ampay.ocpi.cdr.CdrTexts;
import org.ampay.ocpi.cdr.Cost;
import org.ampay.ocpi.cdr.FrozenTariffs;
import org.ampay.ocpi.cdr.Periods;
import org.ampay.ocpi.cdr.RoamingCdr;
import org.ampay.ocpi.cdr.RoamingPlace;
import org.ampay.ocpi.v221.Cdrs221;
import org.ampay.ocpi.v230.Cdrs230;
import org.ampay.store.Transactor;
import org.ampay.tariff.Price;
import org.ampay.tariff.Pricing;
import org.ampay.tariff.Segment;
import org.ampay.tariff.SegmentState;
import org.ampay.tariff.SessionFacts;
import org.ampay.tariff.TariffJson;
import org.ampay.tariff.TariffSnapshot;

/**
 * How fast a partner pulls all its CDRs by HTTP, page after page, each by the link of the one
 * before; server and partner in one process.
 */
public final class CdrBench {

  private static final long PARTNER = 1;
  private static final String TOKEN = "token-of-the-bench-partner";
  private static final int OK = 200;
  private static final int BATCH = 500;
  private static final int PAGE = 1_000;
  private static final int TENTH = 10;
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double NANOS_PER_MILLI = 1e6;
  private static final long MEGA = 1 << 20;
  private static final PartyRef OURS = new PartyRef("CN", "AMP");
  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

  private final Transactor transactor;
  private final TimeSource time;
  private final Consumer<String> out;
  private final String at;
  private final CdrStore store = new CdrStore();
  private final HttpClient http = HttpClient.newHttpClient();

  /**
   * The bench.
   *
   * @param at where the server is: {@code http://127.0.0.1:8080}
   */
  public CdrBench(
      Transactor transactor,
      PartnerBook partners,
      String at,
      TimeSource time,
      Consumer<String> out) {
    this.transactor = transactor;
    this.at = at;
    this.time = time;
    this.out = out;
    if (partners.byId(PARTNER).isEmpty()) {
      partners.add(new PartnerBook.Change(partner(), new PartnerTokens(TOKEN, null)), tx -> {});
    }
  }

  private static Partner partner() {
    return new Partner(
        PARTNER,
        1,
        OURS,
        "EMSP",
        new PartyRef("DE", "EMP"),
        "Bench",
        Optional.empty(),
        Partner.State.REGISTERED,
        OcpiVersion.V2_2_1,
        List.of(),
        List.of(),
        Partner.TokenForm.BASE64);
  }

  /** Fills up to {@code count} CDRs, then pulls all of them in each version. */
  public void run(int count) {
    long start = time.nanos();
    long there = transactor.call(tx -> store.lock(tx, PARTNER, BEGIN)).seq();
    fill(there, count);
    out.accept(
        String.format(
            Locale.ROOT,
            "CDRs stored: %,d more in %.0f s",
            count - there,
            (time.nanos() - start) / NANOS_PER_SECOND));
    for (OcpiVersion version : OcpiVersion.values()) {
      pull(version, count);
    }
  }

  private void fill(long there, int count) {
    CdrTexts pattern = pattern();
    for (long from = there; from < count; from += BATCH) {
      long first = from;
      transactor.run(
          tx -> {
            CdrStore.Feed feed = store.lock(tx, PARTNER, BEGIN);
            List<CdrStore.Row> rows = new ArrayList<>(BATCH);
            for (long i = first; i < Math.min(count, first + BATCH); i++) {
              rows.add(row(feed, feed.seq() + i - first + 1, pattern));
            }
            store.add(tx, rows);
          });
    }
  }

  private static CdrStore.Row row(CdrStore.Feed feed, long seq, CdrTexts pattern) {
    Instant at = BEGIN.plusSeconds(seq);
    Map<OcpiVersion, String> texts = new EnumMap<>(OcpiVersion.class);
    for (OcpiVersion version : OcpiVersion.values()) {
      texts.put(
          version,
          pattern
              .of(version)
              .replace("\"id\":\"4711\"", "\"id\":\"" + seq + "\"")
              .replace("\"last_updated\":\"" + BEGIN + "\"", "\"last_updated\":\"" + at + "\""));
    }
    Money cost = new Money("CNY", 1_234);
    return new CdrStore.Row(
        PARTNER,
        seq,
        Long.toString(seq),
        CdrStore.Kind.CHARGE,
        1,
        seq,
        seq,
        cost,
        cost,
        at.isBefore(feed.at()) ? feed.at() : at,
        new CdrTexts(texts, true));
  }

  private static CdrTexts pattern() {
    TariffSnapshot snapshot =
        TariffSnapshot.of(
            1,
            1,
            TariffJson.read(
                TariffJson.readTree(
                    """
                    {"currency":"CNY","elements":[
                      {"price_components":[{"type":"ENERGY","price":1.2,"vat":13,"step_size":1}],
                       "restrictions":{"start_time":"08:00","end_time":"22:00"}},
                      {"price_components":[{"type":"ENERGY","price":0.7,"vat":13,"step_size":1},
                        {"type":"PARKING_TIME","price":6,"vat":6,"step_size":60}]}]}
                    """)),
            ZoneId.of("Asia/Shanghai"),
            RoundingMode.HALF_UP);
    Instant from = Instant.parse("2026-01-01T13:30:00Z");
    SessionFacts facts =
        new SessionFacts(
            List.of(
                new Segment(
                    from,
                    from.plusSeconds(3_600),
                    SegmentState.CHARGING,
                    new BigDecimal("20.5"),
                    null,
                    null,
                    null),
                new Segment(
                    from.plusSeconds(3_600),
                    from.plusSeconds(5_000),
                    SegmentState.PARKING,
                    BigDecimal.ZERO,
                    null,
                    null,
                    null)));
    Price price = Pricing.price(snapshot, facts);
    Cost cost = new Cost(price.payableExcl().orElseThrow(), List.of());
    FrozenTariffs tariffs = new FrozenTariffs();
    RoamingCdr cdr =
        new RoamingCdr(
            "4711",
            OURS,
            new RoamingSession(
                4_711,
                PARTNER,
                new PartyRef("DE", "EMP"),
                "04A1B2C3D4E5F6",
                "RFID",
                "DE-EMP-C12345678-V",
                "WHITELIST",
                null),
            from,
            from.plusSeconds(5_000),
            new RoamingPlace(
                new RoamingPlace.Address(
                    "SH-001", "Site", "100 Century Avenue", "Shanghai", "200120", null, "CHN"),
                new RoamingPlace.Outlet("1", "CN*AMP*ECP000001*1", "1", "GBT_DC", "CABLE", "DC"),
                "31.230400",
                "121.473700",
                ZoneId.of("Asia/Shanghai")),
            snapshot,
            Periods.of(price, facts, snapshot, "1-1", Periods.Way.SHORT),
            new CdrCosts(cost, Map.of(Bucket.ENERGY, cost)),
            null,
            null,
            null,
            BEGIN);
    return new CdrTexts(
        Map.of(
            OcpiVersion.V2_2_1,
            new Cdrs221(tariffs).text(cdr),
            OcpiVersion.V2_3_0,
            new Cdrs230(tariffs).text(cdr)),
        true);
  }

  private void pull(OcpiVersion version, int count) {
    int pages = (count + PAGE - 1) / PAGE;
    List<Long> nanos = new ArrayList<>(pages);
    long bytes = 0;
    long mostHeap = 0;
    long start = time.nanos();
    Optional<URI> next =
        Optional.of(
            URI.create(
                at
                    + "/ocpi/"
                    + version.wire()
                    + "/cdrs?date_from=2026-01-01T00:00:00Z&limit="
                    + PAGE));
    while (next.isPresent()) {
      long begin = time.nanos();
      HttpResponse<byte[]> page = page(next.get());
      bytes += page.body().length;
      next = page.headers().firstValue("link").map(CdrBench::next);
      nanos.add(time.nanos() - begin);
      Runtime runtime = Runtime.getRuntime();
      mostHeap = Math.max(mostHeap, runtime.totalMemory() - runtime.freeMemory());
    }
    if (nanos.size() != pages) {
      throw new IllegalStateException(nanos.size() + " pages came, " + pages + " are there");
    }
    double seconds = (time.nanos() - start) / NANOS_PER_SECOND;
    long[] all = nanos.stream().mapToLong(Long::longValue).toArray();
    int tenth = Math.max(1, pages / TENTH);
    out.accept(
        String.format(
            Locale.ROOT,
            "CDRs pulled by OCPI %s over HTTP, pages of %,d: %,.0f/s (%,d in %.1f s, %,d bytes"
                + " each); a page p50 %.1f ms, p99 %.1f ms; mean of the first tenth %.1f ms, of the"
                + " last %.1f ms; heap of server and client never above %,d MB",
            version.wire(),
            PAGE,
            count / seconds,
            count,
            seconds,
            bytes / count,
            share(all, 50),
            share(all, 99),
            mean(all, 0, tenth),
            mean(all, pages - tenth, pages),
            mostHeap / MEGA));
  }

  private HttpResponse<byte[]> page(URI url) {
    HttpRequest request =
        HttpRequest.newBuilder(url).header("authorization", "Token " + TOKEN).build();
    try {
      HttpResponse<byte[]> answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
      if (answer.statusCode() != OK) {
        throw new IllegalStateException("HTTP " + answer.statusCode() + " for " + url);
      }
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static URI next(String link) {
    return URI.create(link.substring(1, link.indexOf('>')));
  }

  private static double share(long[] nanos, int percent) {
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    return sorted[(sorted.length - 1) * percent / 100] / NANOS_PER_MILLI;
  }

  private static double mean(long[] nanos, int from, int to) {
    return Arrays.stream(nanos, from, to).average().orElse(0) / NANOS_PER_MILLI;
  }
}
