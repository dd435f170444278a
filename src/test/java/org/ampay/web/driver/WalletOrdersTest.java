package org.ampay.web.driver;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.Map;
import org.ampay.conformance.ScenarioApi;
import org.ampay.conformance.Unique;
import org.ampay.web.driver.Stage.Order;
import org.junit.jupiter.api.Test;

/** Orders that are paid with a charge card's wallet. */
class WalletOrdersTest extends OrderStories {

  private static final String PIN = "2468";
  private static final long FULL = 100_000;

  private final Wallet wallet = new Wallet(FULL);

  @Override
  Till till() {
    return wallet;
  }

  @Test
  @Override
  void holdExceeded_theRestIsOwed() {
    try (Order order = driver("2.0.1").wants(2_000)) {
      order.pile.awaitStart();
      order.pile.begins();
      order.awaits("charging");
      order.pile.ends(21_500);
      order.awaits("closed");
      assertThat(order.row().end()).as("the wallet pays the rest").isEqualTo("settled");
      assertThat(order.row().total()).isEqualTo(2_200);
      assertThat(wallet.moved()).isEqualTo(2_200);
      assertThat(wallet.held()).isZero();
    }
  }

  @Test
  void wrongPin_isRefused_andNeverSentBack() {
    try (Order order = driver("1.6")) {
      wallet.pin = "1111";
      order.sends(5_000);
      order.page.waitForSelector("#error");
      assertThat(order.page.textContent("#error")).contains("PIN is not right");
      assertThat(order.page.inputValue("#card")).isEqualTo(wallet.card);
      assertThat(order.page.inputValue("#pin")).isEmpty();
      assertThat(order.page.url()).doesNotContain("1111");
      assertThat(wallet.held()).isZero();
    }
  }

  @Test
  void emptyWallet_isRefused() {
    Wallet poor = new Wallet(1_000);
    try (Order order = STAGE.driver(poor, Pile.of(STAGE.server, "2.0.1"))) {
      order.sends(5_000);
      order.page.waitForSelector("#error");
      assertThat(order.page.textContent("#error")).contains("not enough money");
      assertThat(poor.held()).isZero();
    }
  }

  /** A card with a PIN and a wallet. */
  private static final class Wallet implements Till {
    private final ScenarioApi api = STAGE.server.api();
    private final String card = Unique.token();
    private final long full;
    private final long driver;
    private String pin = PIN;

    Wallet(long full) {
      this.full = full;
      this.driver = api.driver(card, full);
      api.put("/drivers/" + driver + "/pin", Map.of("pin", PIN)).expect(204);
    }

    private long wallet(String field) {
      return api.get("/drivers/" + driver + "/wallet")
          .expect(200)
          .path(field)
          .path("minor")
          .asLong();
    }

    @Override
    public String way() {
      return "wallet--wallet-in_app";
    }

    @Override
    public void fill(Page page) {
      page.fill("#card", card);
      page.fill("#pin", pin);
    }

    /** The PIN was the agreement. */
    @Override
    public void agrees(Order order) {}

    @Override
    public void declines(Order order) {
      throw new UnsupportedOperationException("a wallet asks nobody");
    }

    @Override
    public void leaves(Order order) {
      throw new UnsupportedOperationException("a wallet asks nobody");
    }

    @Override
    public void refuses() {
      throw new UnsupportedOperationException("a wallet refuses by its balance");
    }

    @Override
    public void losesCallback() {}

    @Override
    public void delaysCallback() {}

    @Override
    public long moved() {
      return full - wallet("balance") - wallet("held");
    }

    @Override
    public long held() {
      return wallet("held");
    }
  }
}
