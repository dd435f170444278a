package org.ampay.web.driver;

import java.util.List;
import org.ampay.payment.order.Flow;
import org.ampay.payment.order.PayWay;
import org.ampay.web.console.Ui;

/**
 * A way to pay in words.
 *
 * @param key its name in the form
 * @param provider for its colour
 * @param how it goes, and what happens to the money
 * @param wallet a card and a PIN are needed
 */
public record WayView(String key, String provider, String name, String how, boolean wallet) {

  /**
   * @param all that are offered: the operator's name of an account is shown where another has the
   *     same provider
   */
  static WayView of(Ui ui, PayWay way, List<PayWay> all) {
    String provider = way.via().provider();
    String name = name(ui, way);
    boolean twice =
        all.stream()
            .anyMatch(
                other -> other.via().provider().equals(provider) && !other.via().equals(way.via()));
    String how =
        way.flow() == Flow.WALLET
            ? ui.t("pay.how.wallet")
            : ui.t("pay.how." + way.form().code()) + " " + ui.t("pay.how." + way.flow().code());
    return new WayView(
        OrderForm.wayOf(way),
        provider,
        twice ? name + " · " + way.name() : name,
        how,
        way.flow() == Flow.WALLET);
  }

  private static String name(Ui ui, PayWay way) {
    return provider(ui, way.via().provider(), way.name());
  }

  /** A provider as drivers know it. */
  static String provider(Ui ui, String provider, String otherwise) {
    return ui.language().textIfKnown("pay.by." + provider).orElse(otherwise);
  }
}
