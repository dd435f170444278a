package org.ampay.app.sandbox;

import java.util.List;
import org.ampay.app.sandbox.alipay.AlipayWire;
import org.ampay.app.sandbox.stripe.StripeWire;
import org.ampay.app.sandbox.wechat.WechatWire;

/** The wires that this gateway speaks. */
public final class Wires {

  /** Of every provider. */
  public static final List<SandboxWire.Maker> ALL =
      List.of(StripeWire::new, WechatWire::new, AlipayWire::new);

  private Wires() {}
}
