package org.ampay.billing.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.ampay.base.Money;
import org.ampay.billing.Bill;
import org.ampay.billing.share.RevenueContract.Scope;
import org.ampay.billing.share.ShareRule.Base;
import org.ampay.tariff.LineDimension;
import org.jspecify.annotations.Nullable;

/** The shares of a bill: by component, after the platform's fee, never more than the price. */
class RevenueContractTest {

  private static final Instant AT = Instant.parse("2026-03-02T08:00:00Z");

  private record Line(LineDimension dimension, long excl) {}

  private static Line line(LineDimension dimension, long excl) {
    return new Line(dimension, excl);
  }

  private static Bill bill(List<Line> lines) {
    List<Bill.Line> made = new ArrayList<>();
    long excl = 0;
    for (Line line : lines) {
      excl += line.excl();
      made.add(
          new Bill.Line(
              line.dimension().name(),
              null,
              AT,
              AT,
              BigDecimal.ONE,
              BigDecimal.ONE,
              null,
              new Money("CNY", line.excl()),
              Money.zero("CNY"),
              null,
              null));
    }
    return new Bill(
        1,
        1,
        new Bill.Session(1, 10, null),
        Bill.Kind.CHARGE,
        0,
        7L,
        1,
        new Money("CNY", excl),
        Money.zero("CNY"),
        AT,
        made);
  }

  private static ShareRule rule(long payee, Set<Component> of, Base base, int basisPoints) {
    return new ShareRule(payee, of, base, basisPoints, 0, 0, null);
  }

  private static RevenueContract contract(ShareRule... rules) {
    return contract(AT, null, rules);
  }

  private static RevenueContract contract(
      Instant from, @Nullable Instant until, ShareRule... rules) {
    return new RevenueContract(
        3, 1, Scope.OPERATOR, "All", "CNY", from, until, List.of(rules), "test", AT);
  }

  private static List<Long> shares(RevenueContract contract, Bill bill, long fee) {
    return contract.of(bill, fee).stream().map(BillShare::shareMinor).toList();
  }

  @Example
  void electricityAndService_areSharedApart() {
    Bill bill = bill(List.of(line(LineDimension.ENERGY, 1_000), line(LineDimension.SERVICE, 301)));
    RevenueContract contract =
        contract(
            rule(7, Set.of(Component.ELECTRICITY), Base.PRICE, 500),
            rule(8, Set.of(Component.SERVICE), Base.PRICE, 5_000));
    assertThat(shares(contract, bill, 0)).containsExactly(50L, 150L);
  }

  @Example
  void aDiscount_isBorneByTheComponents_toTheLastUnit() {
    Bill bill =
        bill(
            List.of(
                line(LineDimension.ENERGY, 1_000),
                line(LineDimension.SERVICE, 500),
                line(LineDimension.COUPON, -100)));
    // 66.67 and 33.33 are taken off: 67 and 33
    assertThat(Parts.of(bill))
        .isEqualTo(Map.of(Component.ELECTRICITY, 933L, Component.SERVICE, 467L));
  }

  @Example
  void aMinimumPriceForNothing_countsAsSession() {
    Bill bill = bill(List.of(line(LineDimension.MIN_PRICE, 200)));
    assertThat(Parts.of(bill)).isEqualTo(Map.of(Component.SESSION, 200L));
  }

  @Example
  void thePlatformsFee_comesFirst() {
    Bill bill = bill(List.of(line(LineDimension.ENERGY, 1_000)));
    ShareRule all = rule(7, Set.of(Component.ELECTRICITY), Base.PRICE, 10_000);
    assertThat(shares(contract(all), bill, 100)).containsExactly(900L);
    ShareRule half = rule(7, Set.of(Component.ELECTRICITY), Base.AFTER_FEE, 5_000);
    assertThat(shares(contract(half), bill, 100)).containsExactly(450L);
  }

  @Example
  void leastMostAndFlat_hold_whileThereIsSomethingToShare() {
    Set<Component> energy = Set.of(Component.ELECTRICITY);
    ShareRule least = new ShareRule(7, energy, Base.PRICE, 100, 0, 50, null);
    ShareRule most = new ShareRule(8, energy, Base.PRICE, 5_000, 10, 0, 120L);
    RevenueContract contract = contract(least, most);
    assertThat(shares(contract, bill(List.of(line(LineDimension.ENERGY, 1_000))), 0))
        .containsExactly(50L, 120L);
    assertThat(shares(contract, bill(List.of(line(LineDimension.ENERGY, 80))), 0))
        .containsExactly(50L, 30L);
    assertThat(shares(contract, bill(List.of(line(LineDimension.TIME, 80))), 0)).isEmpty();
  }

  @Example
  void billsInAnotherCurrency_areNotShared() {
    RevenueContract euros =
        new RevenueContract(
            3,
            1,
            Scope.OPERATOR,
            "All",
            "EUR",
            AT,
            null,
            List.of(rule(7, Set.of(Component.ELECTRICITY), Base.PRICE, 500)),
            "test",
            AT);
    assertThat(euros.of(bill(List.of(line(LineDimension.ENERGY, 1_000))), 0)).isEmpty();
  }

  @Example
  void moreThanAll_isRefused_byComponent() {
    Set<Component> energy = Set.of(Component.ELECTRICITY);
    Set<Component> service = Set.of(Component.SERVICE);
    contract(rule(7, energy, Base.PRICE, 6_000), rule(8, service, Base.PRICE, 6_000));
    assertThatThrownBy(
            () -> contract(rule(7, energy, Base.PRICE, 6_000), rule(8, energy, Base.PRICE, 4_001)))
        .isInstanceOf(ContractException.class)
        .hasMessageContaining("electricity exceed 100 %");
  }

  @Example
  void contractsThatTouch_doNotOverlap() {
    Set<Component> energy = Set.of(Component.ELECTRICITY);
    RevenueContract march = contract(AT, AT.plusSeconds(60), rule(7, energy, Base.PRICE, 6_000));
    assertThat(march.overlaps(AT.plusSeconds(60), null)).isFalse();
    assertThat(march.overlaps(AT.plusSeconds(59), null)).isTrue();
    assertThat(march.overlaps(AT.minusSeconds(9), AT)).isFalse();
    RevenueContract never = contract(AT, AT, rule(7, energy, Base.PRICE, 6_000));
    assertThat(never.overlaps(AT.minusSeconds(9), null)).isFalse();
  }

  @Provide
  Arbitrary<List<Line>> lines() {
    Arbitrary<Line> priced =
        Combinators.combine(
                Arbitraries.of(
                    LineDimension.ENERGY,
                    LineDimension.SERVICE,
                    LineDimension.TIME,
                    LineDimension.PARKING_TIME,
                    LineDimension.FLAT),
                Arbitraries.longs().between(0, 1_000_000))
            .as(Line::new);
    Arbitrary<Integer> off = Arbitraries.integers().between(0, 100);
    return Combinators.combine(priced.list().ofMinSize(1).ofMaxSize(6), off)
        .as(
            (lines, percent) -> {
              long sum = lines.stream().mapToLong(Line::excl).sum();
              List<Line> all = new ArrayList<>(lines);
              all.add(line(LineDimension.TIER, -(sum * percent / 100)));
              return all;
            });
  }

  @Provide
  Arbitrary<List<ShareRule>> rules() {
    Arbitrary<ShareRule> rule =
        Combinators.combine(
                Arbitraries.longs().between(1, 4),
                Arbitraries.of(Component.class).set().ofMinSize(1),
                Arbitraries.of(Base.class),
                Arbitraries.integers().between(1, 2_500),
                Arbitraries.longs().between(0, 100),
                Arbitraries.longs().between(0, 300),
                Arbitraries.longs().between(300, 9_000).injectNull(0.5))
            .as(ShareRule::new);
    return rule.list().ofMinSize(1).ofMaxSize(4);
  }

  @Property(seed = "20260302", tries = 1_000)
  void sharesAndFee_areNeverMoreThanThePrice(
      @ForAll("lines") List<Line> lines, @ForAll("rules") List<ShareRule> rules) {
    Bill bill = bill(lines);
    long price = bill.excl().minor();
    Map<Component, Long> parts = Parts.of(bill);
    assertThat(parts.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(price);
    assertThat(parts.values()).allMatch(part -> part >= 0);
    long fee = price / 7;
    List<Long> shares = shares(contract(rules.toArray(ShareRule[]::new)), bill, fee);
    assertThat(shares).allMatch(share -> share > 0);
    assertThat(shares.stream().mapToLong(Long::longValue).sum() + fee).isLessThanOrEqualTo(price);
  }

  @Example
  void everyComponent_hasACode() {
    for (Component component : EnumSet.allOf(Component.class)) {
      assertThat(Component.ofCode(component.code())).contains(component);
    }
    assertThat(Component.ofCode("water")).isEmpty();
  }
}
