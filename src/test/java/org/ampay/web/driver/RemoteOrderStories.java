package org.ampay.web.driver;

import static org.assertj.core.api.Assertions.assertThat;

import org.ampay.web.driver.Stage.Order;
import org.junit.jupiter.api.Test;

/** What else can become of an order whose provider is beyond a network, and whose payer decides. */
abstract class RemoteOrderStories extends OrderStories {

  /** A provider may let its payer try again: then the order ends when the driver says so. */
  private static void endsWithoutMoney(Order order) {
    if (order.page.querySelector("#cancel") != null) {
      order.click("cancel");
    }
    order.awaits("closed");
    assertThat(order.row().end()).isIn("cancelled", "declined");
    order.assertEnd(String.valueOf(order.row().end()), 0, 0);
    assertThat(order.told()).contains("No money was taken.");
  }

  @Test
  void declined_nothingIsTaken() {
    try (Order order = driver("1.6").wants(5_000)) {
      till().declines(order);
      order.page.navigate(STAGE.url("/pay/orders/" + order.code()));
      endsWithoutMoney(order);
      assertThat(order.pile.starts()).isZero();
    }
  }

  @Test
  void cancelledBeforePaying_nothingIsTaken() {
    try (Order order = driver("2.0.1").wants(5_000)) {
      order.click("cancel");
      order.assertEnd("cancelled", 0, 0);
      assertThat(order.told()).contains("No money was taken.");
      assertThat(order.pile.starts()).isZero();
    }
  }

  @Test
  void leftAtTheProvider_canBeCancelled() {
    try (Order order = driver("1.6").wants(5_000)) {
      till().leaves(order);
      order.page.navigate(STAGE.url("/pay/orders/" + order.code()));
      endsWithoutMoney(order);
    }
  }

  @Test
  void callbackLost_thePayerSaysSo_andItGoesOn() {
    try (Order order = driver("1.6").wants(5_000)) {
      till().losesCallback();
      till().agrees(order);
      order.page.navigate(STAGE.url("/pay/orders/" + order.code()));
      if (order.page.querySelector("#refresh") != null) {
        order.click("refresh");
      }
      order.pile.awaitStart();
      order.pile.begins();
      order.pile.ends(5_000);
      order.assertEnd("settled", 550, 0);
    }
  }

  @Test
  void callbackLate_changesNothing() {
    try (Order order = driver("2.0.1").wants(5_000)) {
      till().delaysCallback();
      till().agrees(order);
      order.page.navigate(STAGE.url("/pay/orders/" + order.code()));
      if (order.page.querySelector("#refresh") != null) {
        order.click("refresh");
      }
      order.pile.awaitStart();
      order.pile.begins();
      till().sendsLateCallback();
      order.pile.ends(5_000);
      order.assertEnd("settled", 550, 0);
      assertThat(order.pile.starts()).as("a late callback starts nothing").isZero();
    }
  }

  @Test
  void providerRefuses_theFormSaysSo_andThePointIsFree() {
    try (Order order = driver("1.6")) {
      till().refuses();
      order.sends(5_000);
      order.page.waitForSelector("#error");
      assertThat(order.page.textContent("#error")).contains("No money was taken");
      order.page.navigate(STAGE.url(order.path()));
      assertThat(order.page.textContent("#state")).contains("Free");
    }
  }
}
