package org.ampay.app.sandbox;

import java.util.List;
import org.ampay.app.sandbox.stripe.StripeWire;

/** The wires that this gateway speaks. */
public final class Wires {

  /** Of every provider. */
  public static final List<SandboxWire.Maker> ALL = List.of(StripeWire::new);

  private Wires() {}
}
