package org.ampay.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;
import org.ampay.app.simulator.Eventually;
import org.ampay.billing.promotion.Benefit;
import org.ampay.billing.promotion.Coupon;
import org.ampay.billing.promotion.CouponClaim;
import org.ampay.billing.promotion.Coupons;
import org.ampay.billing.promotion.PointsProgramme;
import org.ampay.billing.promotion.Promotions;
import org.ampay.billing.promotion.Scope;
import org.ampay.billing.promotion.Who;
import org.ampay.station.Operator;
import org.ampay.tariff.CouponTerm;
import org.ampay.tariff.Funder;
import org.junit.jupiter.api.Test;

/** A driver's coupon and points through the running server: told, billed, consumed, earned. */
class PromotionScenariosTest {

  private static final long OP = Operator.DEFAULT_ID;
  private static final Who WHO = new Who("test", true);

  @Test
  void couponAndPoints_areTakenOffWhatTheStationShows_andSettled() {
    try (ScenarioServer server = ScenarioServer.start(Map.of());
        Station201 station = Station201.online(Setup.on(server));
        Transaction201 tx = Transaction201.on(station)) {
      Promotions promotions = server.server().promotions();
      long driver = station.api().get("/tokens/" + tx.token).expect(200).path("driver").asLong();
      Coupon coupon = coupon(promotions);
      promotions.coupons().shareCode(OP, coupon.id(), "WELCOME", WHO);
      CouponClaim claim =
          ((Coupons.Claimed.Done) promotions.coupons().claim(OP, driver, "welcome", WHO)).claim();
      promotions.points().setProgramme(OP, programme(), true, WHO);
      promotions.points().adjust(OP, driver, 40, "welcome", WHO);
      promotions.points().usePoints(OP, driver, true, WHO);
      tx.started("Authorized", e -> e.evse(1).token(tx.token).state("Charging").meter(0));
      // 2.50 for 2 kWh, 1.00 by the coupon, 0.40 by points
      JsonNode ended = tx.ended("StopAuthorized", "Local", e -> e.token(tx.token).meter(2_000));
      assertThat(ended.path("totalCost").decimalValue()).isEqualByComparingTo("1.10");
      assertThat(tx.settled().path("total").path("minor").asLong()).isEqualTo(110);
      Eventually.await(
          "the coupon is consumed",
          () ->
              promotions.coupons().ofDriver(OP, driver, Long.MAX_VALUE, 1).getFirst().state()
                  == CouponClaim.State.CONSUMED);
      assertThat(promotions.coupons().usesOf(OP, claim.id(), Long.MAX_VALUE, 9)).hasSize(1);
      assertThat(promotions.points().balance(OP, driver).available()).isEqualTo(11);
    }
  }

  private static Coupon coupon(Promotions promotions) {
    return promotions
        .coupons()
        .create(
            OP,
            new Coupon.Spec(
                "Welcome",
                new Benefit(CouponTerm.Kind.AMOUNT, BigDecimal.ONE, null, null, Set.of()),
                Scope.ALL,
                new Coupon.Limits(1, 100, 30),
                Funder.PLATFORM),
            WHO);
  }

  private static PointsProgramme.Spec programme() {
    return new PointsProgramme.Spec(
        BigDecimal.TEN,
        Set.of(),
        new BigDecimal("0.01"),
        BigDecimal.valueOf(50),
        12,
        Funder.OPERATOR);
  }
}
