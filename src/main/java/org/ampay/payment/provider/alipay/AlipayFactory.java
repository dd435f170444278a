package org.ampay.payment.provider.alipay;

import java.util.List;
import org.ampay.payment.provider.AccountSettings;
import org.ampay.payment.provider.ProviderContext;
import org.ampay.payment.provider.ProviderFactory;
import org.ampay.payment.provider.RemoteProvider;
import org.ampay.payment.provider.SettingException;
import org.ampay.payment.provider.SettingField;

/** Opens accounts with Alipay. */
public final class AlipayFactory implements ProviderFactory {

  @Override
  public String name() {
    return AlipayProvider.NAME;
  }

  @Override
  public List<SettingField> settings() {
    return AlipaySettings.FIELDS;
  }

  @Override
  public RemoteProvider open(AccountSettings account, ProviderContext context)
      throws SettingException {
    return new AlipayProvider(AlipaySettings.of(account), context);
  }
}
