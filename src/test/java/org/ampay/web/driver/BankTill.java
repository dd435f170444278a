package org.ampay.web.driver;

import java.util.Map;
import org.ampay.base.TimeSource;
import org.ampay.payment.kit.ExampleBank;
import org.ampay.payment.kit.Rig;

/** The bank of the sample plug-in, over real sockets. */
final class BankTill implements Till {

  private static final class Shared {
    static final ExampleBank BANK = new ExampleBank(clock());
    static final long ACCOUNT = account(BANK);

    private static TimeSource clock() {
      return OrderStories.STAGE.server.server().foundation().time();
    }

    private static long account(ExampleBank bank) {
      return OrderStories.STAGE
          .server
          .api()
          .post(
              "/payment-accounts",
              Map.of(
                  "provider", "examplebank",
                  "name", "The bank",
                  "settings",
                      Map.of(
                          "endpoint", bank.url(),
                          "merchant", ExampleBank.MERCHANT,
                          "secret", ExampleBank.SECRET)))
          .expect(201)
          .path("id")
          .asLong();
    }
  }

  private final String flow;

  private BankTill(String flow) {
    this.flow = flow;
  }

  static BankTill shared(String flow) {
    return new BankTill(flow);
  }

  @Override
  public String way() {
    return "examplebank-" + Shared.ACCOUNT + "-" + flow + "-qr";
  }

  @Override
  public void agrees(Stage.Order order) {
    Shared.BANK.pay(order.action());
  }

  @Override
  public void declines(Stage.Order order) {}

  @Override
  public void leaves(Stage.Order order) {}

  @Override
  public void refuses() {
    Shared.BANK.next(Rig.Fault.DECLINE);
  }

  @Override
  public void losesCallback() {}

  @Override
  public void delaysCallback() {}

  @Override
  public long moved() {
    return Shared.BANK.moved("CNY");
  }

  @Override
  public long held() {
    return Shared.BANK.held("CNY");
  }
}
