package org.ampay.tariff;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.stream.Stream;
import org.ampay.tariff.proof.WorkedCases;
import org.ampay.tariff.proof.WorkedCases.Case;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The worked prices of tariff-cases.json, through the request and the answer of the API. */
class TariffCasesTest {

  static Stream<Case> cases() {
    return WorkedCases.all();
  }

  @Test
  void file_hasSixtyCases() {
    assertThat(cases()).hasSize(60);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void price_equalsTheWorkedOne(Case worked) {
    WorkedCases.check(worked, PriceResponse.of(price(worked)));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void runningPrice_endsAtTheSamePrice(Case worked) {
    PriceRequest request = request(worked);
    RunningPrice running = new RunningPrice(request.snapshot());
    request.facts().segments().forEach(running::add);

    assertThat(running.amount()).isEqualTo(price(worked).total());
    assertThat(running.amount()).isEqualTo(Pricing.total(request.snapshot(), request.facts()));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void stepSizes_areAppliedAsWorked(Case worked) {
    JsonNode expected = worked.json().get("expected").path("step_size_applied");

    assertThat(price(worked).steps()).hasSize(expected.size());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void stored_snapshotAndFactsPriceTheSame(Case worked) {
    PriceRequest request = request(worked);
    TariffSnapshot snapshot = TariffSnapshot.parse(request.snapshot().toJson());
    SessionFacts facts = SessionFacts.parse(request.facts().toJson());

    assertThat(snapshot.toJson()).isEqualTo(request.snapshot().toJson());
    assertThat(snapshot.hash()).isEqualTo(request.snapshot().hash());
    assertThat(facts).isEqualTo(request.facts());
    assertThat(facts.toJson()).isEqualTo(request.facts().toJson());
    assertThat(PriceResponse.of(Pricing.price(snapshot, facts)))
        .isEqualTo(PriceResponse.of(price(worked)));
  }

  private static PriceRequest request(Case worked) {
    return PriceRequest.parse(worked.json(), id -> Optional.empty());
  }

  private static Price price(Case worked) {
    PriceRequest request = request(worked);
    return Pricing.price(request.snapshot(), request.facts());
  }
}
