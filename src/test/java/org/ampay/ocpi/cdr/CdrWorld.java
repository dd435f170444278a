package org.ampay.ocpi.cdr;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import org.ampay.billing.Bill;
import org.ampay.ocpi.OcpiVersion;
import org.ampay.ocpi.http.PageQuery;
import org.ampay.payment.MoneyWorld;
import org.ampay.payment.RoamingLedger;
import org.ampay.store.Job;
import org.ampay.store.JobStore;
import org.ampay.store.TestDatabase;
import org.jspecify.annotations.Nullable;

/** Bills and the CDRs that partners get of them, on a database that is emptied. */
public final class CdrWorld {

  public final PartnerBench bench = new PartnerBench();
  public final CdrStore store = new CdrStore();
  public final RoamingLedger money;
  public final MoneyWorld world;
  private final CdrPublisher publisher;

  public CdrWorld(TestDatabase database) {
    money = new RoamingLedger(database);
    world = money.world;
    publisher =
        new CdrPublisher(
            world.transactor,
            new CdrPublisher.Stores(money.sessions(), money.bills(), store, money.jobs()),
            new CdrPublisher.Roaming(bench, bench.partners(), new InventoryPlaceStore()),
            new CdrPublisher.Making(
                CdrSamples.maker(), world.snapshots, CdrSamples::complaintsOfCdr),
            bench,
            world.time);
  }

  /** Has the job of a bill done, as the commit of the bill leaves it. */
  public void published(Bill bill) {
    world.transactor.run(
        tx ->
            new RoamingBills(money.jobs(), world.time, driver -> driver == RoamingLedger.PAYER)
                .made(tx, List.of(bill)));
    done();
    assertThat(
            world.transactor.<Boolean>call(
                tx -> money.jobs().exists(tx, CdrPublisher.KIND, bill.session().id())))
        .isFalse();
  }

  /** Has the jobs done that are due; there are some. */
  public void done() {
    Instant now = world.time.now();
    List<Job> jobs =
        world.transactor.call(
            tx ->
                money
                    .jobs()
                    .claim(
                        tx,
                        new JobStore.Claim(
                            CdrPublisher.KIND, 100, now, now.plusSeconds(60), "test")));
    assertThat(jobs).isNotEmpty();
    publisher.handle(jobs);
  }

  /** All that the partner sees in a version, at most ten. */
  public List<JsonNode> page(long partner, OcpiVersion version) {
    return page(partner, version, new PageQuery(null, null, 0, 10));
  }

  public List<JsonNode> page(long partner, OcpiVersion version, PageQuery query) {
    return world.transactor.call(tx -> store.page(tx, partner, version, query)).texts().stream()
        .<JsonNode>map(CdrTexts::tree)
        .toList();
  }

  /** How many match. */
  public long total(long partner, @Nullable Instant from, @Nullable Instant to) {
    return world
        .transactor
        .call(tx -> store.page(tx, partner, OcpiVersion.V2_2_1, new PageQuery(from, to, 0, 1)))
        .total();
  }

  /** The text of a CDR in 2.2.1. */
  public String text(long partner, String id) {
    return world
        .transactor
        .call(tx -> store.text(tx, partner, id, OcpiVersion.V2_2_1))
        .orElseThrow();
  }

  /** What people have to see to. */
  public List<CdrStore.Held> held(long operator) {
    return new HeldCdrs(world.transactor, store, money.jobs(), world.time).list(operator, 0, 10);
  }
}
