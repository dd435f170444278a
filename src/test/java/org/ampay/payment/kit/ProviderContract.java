package org.ampay.payment.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.ampay.base.Money;
import org.ampay.payment.provider.CommandKind;
import org.ampay.payment.provider.StatementException;
import org.ampay.payment.provider.StatementLine;
import org.junit.jupiter.api.Test;

/**
 * What every provider must keep. A provider's test inherits it and gives it a {@link Rig}; what the
 * provider's capabilities do not name is passed over.
 */
public abstract class ProviderContract extends CallbackRules {

  /** A provider with a gateway that nobody used before; the kit closes it. */
  @Override
  protected abstract Rig rig() throws Exception;

  @Test
  void statement_equalsTheGatewaysBooks() throws StatementException {
    Deed first = taken(money(2_999));
    Deed second = taken(money(1_001));
    if (can(CommandKind.REFUND)) {
      assertSucceeded(refund(first, money(500)).done(), money(500));
    }
    long moved = moved();
    LocalDate day = on().closeDay();
    List<StatementLine> lines = statement(day);
    assertThat(sum(lines)).isEqualTo(moved);
    assertThat(lines)
        .filteredOn(line -> line.kind() == StatementLine.Kind.PAYMENT)
        .extracting(StatementLine::gross)
        .containsExactlyInAnyOrder(first.amount(), second.amount());
    assertThat(lines)
        .filteredOn(line -> line.kind() == StatementLine.Kind.PAYMENT)
        .allSatisfy(line -> assertNames(line, first, second));
    assertThat(statement(day)).as("read again").isEqualTo(lines);
  }

  @Test
  void statement_ofADayWithoutMovements_isEmpty() throws StatementException {
    LocalDate day = on().closeDay();
    assertThat(statement(day)).isEmpty();
  }

  private List<StatementLine> statement(LocalDate day) throws StatementException {
    List<StatementLine> lines = new ArrayList<>();
    provider().statement(day, lines::add);
    return lines;
  }

  private static long sum(List<StatementLine> lines) {
    return lines.stream()
        .filter(
            line ->
                line.kind() == StatementLine.Kind.PAYMENT
                    || line.kind() == StatementLine.Kind.REFUND)
        .map(StatementLine::gross)
        .mapToLong(Money::minor)
        .sum();
  }

  /** By our reference or by the provider's own id: else nobody can tell what it was. */
  private static void assertNames(StatementLine line, Deed... deeds) {
    assertThat(deeds)
        .as("what " + line + " is about")
        .anyMatch(
            deed ->
                line.reference().equals(deed.reference())
                    || (!line.providerRef().isEmpty()
                        && line.providerRef().equals(deed.providerRef())));
  }
}
