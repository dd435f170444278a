package org.ampay.billing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.ampay.base.Money;

/**
 * Makes the credit of a part of a bill that is given back: each line's part by largest remainder of
 * what the credits before left of it. So no line is credited more than it was charged, and the last
 * credit leaves nothing. Pure.
 */
public final class Credits {

  private static final JsonMapper JSON = new JsonMapper();

  private Credits() {}

  /**
   * What is given back of a bill, positive.
   *
   * @param id of the credit, and of its CDR
   */
  public record Part(long id, Money excl, Money tax, Instant at) {}

  /**
   * A credit.
   *
   * @param charge with its lines
   * @param before the credits before, with their lines
   */
  public static Bill bill(Bill charge, List<Bill> before, Part part) {
    List<Long> excl = divided(part.excl().minor(), left(charge, before, line -> line.excl()));
    List<Long> tax = divided(part.tax().minor(), left(charge, before, line -> line.tax()));
    String currency = charge.excl().currency();
    List<Bill.Line> lines = new ArrayList<>();
    for (int i = 0; i < charge.lines().size(); i++) {
      Bill.Line line = charge.lines().get(i);
      lines.add(
          new Bill.Line(
              line.dimension(),
              line.element(),
              line.from(),
              line.to(),
              line.volume(),
              line.unitPrice(),
              line.vatPercent(),
              new Money(currency, -excl.get(i)),
              new Money(currency, -tax.get(i)),
              line.label(),
              line.funder()));
    }
    return new Bill(
        part.id(),
        charge.operatorId(),
        charge.session(),
        Bill.Kind.CREDIT,
        before.size() + 1,
        charge.driverId(),
        charge.snapshotId(),
        part.excl().negate(),
        part.tax().negate(),
        part.at(),
        lines);
  }

  private static List<Long> left(Bill charge, List<Bill> before, Function<Bill.Line, Money> of) {
    return IntStream.range(0, charge.lines().size())
        .mapToObj(
            i ->
                before.stream()
                    .map(credit -> of.apply(credit.lines().get(i)).minor())
                    .reduce(of.apply(charge.lines().get(i)).minor(), Math::addExact))
        .toList();
  }

  /** Divides by largest remainder; no part is greater than what is left of its line. */
  private static List<Long> divided(long amount, List<Long> left) {
    long whole = left.stream().reduce(0L, Math::addExact);
    if (amount < 0 || amount > whole) {
      throw new IllegalArgumentException(
          "a credit of " + amount + " of " + whole + " that is left");
    }
    List<Long> parts = new ArrayList<>();
    if (whole == 0) {
      left.forEach(line -> parts.add(0L));
      return parts;
    }
    BigInteger divisor = BigInteger.valueOf(whole);
    List<BigInteger> rests = new ArrayList<>();
    long given = 0;
    for (long line : left) {
      BigInteger product = BigInteger.valueOf(line).multiply(BigInteger.valueOf(amount));
      BigInteger rest = product.mod(divisor);
      long floor = product.subtract(rest).divide(divisor).longValueExact();
      rests.add(rest);
      parts.add(floor);
      given = Math.addExact(given, floor);
    }
    List<Integer> order =
        IntStream.range(0, parts.size())
            .boxed()
            .sorted(Comparator.comparing((Integer i) -> rests.get(i)).reversed())
            .toList();
    for (int i = 0; i < amount - given; i++) {
      parts.set(order.get(i), parts.get(order.get(i)) + 1);
    }
    return parts;
  }

  /**
   * The CDR of a credit: that of the charge, with the credit's totals, and of which it is the
   * credit: {@code "credit":{"cdr_id":…,"bill_id":…,"seq":1}}.
   */
  public static Cdr cdr(Cdr charge, Bill credit) {
    try {
      ObjectNode body = (ObjectNode) JSON.readTree(charge.body());
      body.put("bill_id", credit.id());
      body.putObject("credit")
          .put("cdr_id", charge.id())
          .put("bill_id", charge.billId())
          .put("seq", credit.seq());
      body.putObject("total")
          .put("excl_minor", credit.excl().minor())
          .put("tax_minor", credit.tax().minor())
          .put("incl_minor", credit.total().minor());
      return new Cdr(
          credit.id(),
          credit.operatorId(),
          credit.session().id(),
          credit.id(),
          JSON.writeValueAsString(body),
          credit.createdAt());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the CDR of bill " + charge.billId() + " is no JSON", e);
    }
  }
}
