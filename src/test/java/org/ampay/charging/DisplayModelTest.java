package org.ampay.charging;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.ampay.charging.CostDisplayStore.Told;
import org.ampay.charging.CostDisplayStore.Wish;
import org.junit.jupiter.api.Test;

class DisplayModelTest {

  @Test
  void enabled_comesBeforeAvailable() {
    Display display =
        DisplayModel.display(
            Map.of(
                "TariffCostCtrlr.Available[Tariff]", "true",
                "TariffCostCtrlr.Enabled[Tariff]", "false",
                "TariffCostCtrlr.Available[Cost]", "true",
                "TariffCostCtrlr.NumberOfDecimalsForCostValues", "2",
                "DisplayMessageCtrlr.Language", "de"),
            null);
    assertThat(display).isEqualTo(new Display(false, true, 512, 2, "de", List.of()));
  }

  @Test
  void settingsOf16_tellOfPricesAndCosts() {
    Display display =
        DisplayModel.display(
            Map.of(
                "CustomDisplayCostAndPrice", "True",
                "NumberOfDecimalsForCostValues", "nonsense",
                "SupportedLanguages", "en, zh,",
                "CustomMultiLanguageMessages", "true"),
            null);
    assertThat(display).isEqualTo(new Display(true, true, 512, null, null, List.of("en", "zh")));
    assertThat(DisplayModel.display(Map.of("CustomDisplayCostAndPrice", "false"), null).any())
        .isFalse();
  }

  @Test
  void aPersonsWord_wins() {
    Map<String, String> told =
        Map.of(
            "TariffCostCtrlr.Enabled[Cost]",
            "true",
            "DisplayMessageCtrlr.PersonalMessageSize",
            "80");
    assertThat(DisplayModel.display(told, new Wish(false, null)).any()).isFalse();
    assertThat(DisplayModel.display(told, new Wish(true, 40)).maxChars()).isEqualTo(40);
    assertThat(DisplayModel.display(told, null).maxChars()).isEqualTo(80);
  }

  @Test
  void changes_replaceWhatWasTold() {
    DisplayModel model = new DisplayModel();
    Instant first = Instant.parse("2026-01-01T00:00:00Z");
    model.take(List.of(new Told(1, "CustomDisplayCostAndPrice", "true", first)));
    assertThat(model.displays(Map.of())).containsOnlyKeys(1L);
    assertThat(model.seen()).isEqualTo(first);
    model.take(List.of(new Told(1, "CustomDisplayCostAndPrice", "", first.plusSeconds(5))));
    assertThat(model.displays(Map.of(2L, new Wish(true, null)))).containsOnlyKeys(2L);
  }
}
