package org.ampay.app.sandbox.alipay;

import java.util.EnumSet;
import java.util.Set;
import org.ampay.payment.kit.ProviderContract;
import org.ampay.payment.kit.Rig;
import org.ampay.payment.provider.Form;
import org.ampay.payment.provider.Outcome;

/** Alipay by a page of its own keeps what every provider must keep. */
class AlipayPageTest extends ProviderContract {

  /** A page's address is signed without any call: nothing of it can be declined or go wrong. */
  @Override
  protected Rig rig() throws Exception {
    return new AlipayRig(Form.REDIRECT) {
      @Override
      public Set<Fault> faults() {
        return EnumSet.complementOf(EnumSet.of(Fault.DECLINE));
      }

      @Override
      public void payerAgrees(Outcome.ActionRequired action) {
        sandbox().faults().clear();
        super.payerAgrees(action);
      }
    };
  }
}
