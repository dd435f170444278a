package org.ampay.payment.provider.wechat;

import java.util.List;
import org.ampay.payment.provider.AccountSettings;
import org.ampay.payment.provider.ProviderContext;
import org.ampay.payment.provider.ProviderFactory;
import org.ampay.payment.provider.RemoteProvider;
import org.ampay.payment.provider.SettingException;
import org.ampay.payment.provider.SettingField;

/** WeChat Pay by a merchant's own number and keys. */
public final class WechatFactory implements ProviderFactory {

  @Override
  public String name() {
    return WechatProvider.NAME;
  }

  @Override
  public List<SettingField> settings() {
    return WechatSettings.FIELDS;
  }

  @Override
  public RemoteProvider open(AccountSettings account, ProviderContext context)
      throws SettingException {
    return new WechatProvider(new WechatClient(WechatSettings.of(account)), context);
  }
}
