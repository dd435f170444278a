package org.ampay.web.driver;

import static org.assertj.core.api.Assertions.assertThat;

import org.ampay.web.driver.Stage.Order;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/**
 * What can become of an order, in a real browser over the whole server with stations on real
 * sockets: every way to pay inherits these. 5 kWh cost 5.50.
 */
abstract class OrderStories {

  static final Stage STAGE = Stage.shared();

  abstract Till till();

  final Order driver(String protocol) {
    return STAGE.driver(till(), Pile.of(STAGE.server, protocol));
  }

  /** Somebody who has paid 50.00, in front of a pile that promised to start. */
  final Order paid(String protocol) {
    Order order = driver(protocol).wants(5_000);
    till().agrees(order);
    order.pile.awaitStart();
    order.awaits("starting");
    return order;
  }

  @Test
  void paid_charges_andGetsTheRestBack() {
    try (Order order = paid("2.0.1")) {
      order.pile.begins();
      order.awaits("charging");
      assertThat(order.title()).isEqualTo("Charging");
      order.pile.ends(5_000);
      order.assertEnd("settled", 550, 0);
    }
  }

  @Test
  void thePageFollowsByItself() {
    try (Order order = paid("1.6")) {
      assertThat(order.title()).isEqualTo("Plug in the cable now");
      order.pile.begins();
      order.awaitsOnPage("Charging");
      order.pile.meter(3_000);
      order.page.waitForSelector(".figure dd:text-is('3.000 kWh')");
      order.page.waitForSelector(".figure dd:text-is('¥3.50')");
      order.pile.ends(5_000);
      order.assertEnd("settled", 550, 0);
      assertThat(order.title()).isEqualTo("Done. Thank you!");
      assertThat(order.page.textContent("#money")).contains("¥5.50").contains("¥44.50");
      assertThat(order.page.textContent("#bill")).contains("5.000 kWh");
      assertThat(order.pile.starts()).as("starts beside the one").isZero();
    }
  }

  @Test
  void stoppedOnThePage_paysWhatWasCharged() {
    try (Order order = paid("2.0.1")) {
      order.pile.begins();
      order.awaits("charging");
      order.click("stop");
      assertThat(order.title()).isEqualTo("Stopping");
      order.pile.awaitStop();
      order.pile.ends(2_000);
      order.assertEnd("settled", 250, 0);
    }
  }

  @Test
  void cancelledBeforeTheCable_allComesBack() {
    try (Order order = paid("1.6")) {
      order.click("cancel");
      order.assertEnd("cancelled", 0, 0);
      assertThat(order.told()).contains("all of it: ¥50.00");
    }
  }

  @Test
  void startRefused_allComesBack() {
    try (Order order = driver("2.0.1")) {
      order.pile.answersStart(Pile.REJECTED);
      order.wants(5_000);
      till().agrees(order);
      order.pile.awaitStart();
      order.assertEnd("start_refused", 0, 0);
      assertThat(order.told()).contains("did not start").contains("all of it: ¥50.00");
    }
  }

  @Test
  void cableNeverPlugged_allComesBack() {
    try (Order order = paid("2.0.1")) {
      order.runsOutOfTime();
      order.assertEnd("never_plugged", 0, 0);
      assertThat(order.told()).contains("No cable was plugged in").contains("all of it: ¥50.00");
    }
  }

  @Test
  void holdUsedUp_stopsBeforeItIsExceeded() {
    try (Order order = driver("1.6").wants(2_000)) {
      till().agrees(order);
      order.pile.awaitStart();
      order.pile.begins();
      order.awaitsSession();
      order.pile.meter(10_000);
      order.pile.meter(19_400);
      order.pile.awaitStop();
      order.pile.ends(19_500);
      order.assertEnd("settled", 2_000, 0);
      assertThat(order.told()).contains("used up");
    }
  }

  @Test
  void holdExceeded_theRestIsOwed() {
    try (Order order = driver("2.0.1").wants(2_000)) {
      till().agrees(order);
      order.pile.awaitStart();
      order.pile.begins();
      order.awaits("charging");
      order.pile.ends(21_500);
      order.assertEnd("debt", 2_000, 200);
      assertThat(order.page.textContent("#money")).contains("Not paid yet").contains("¥2.00");
    }
  }

  @AfterAll
  static void everythingIsInOrder() {
    STAGE.audit();
  }
}
