package org.ampay.payment.provider;

import java.util.List;

/**
 * A kind of provider beyond a network. Found by {@link java.util.ServiceLoader}: those of Ampay and
 * those of jars in the folder {@code plugins/}.
 */
public interface ProviderFactory {

  /** As stored and in {@code /hooks/{name}/{account}}: lower case letters and digits, 2 to 20. */
  String name();

  /** What an account needs to be told. */
  List<SettingField> settings();

  /**
   * A provider for an account. Does not call the network.
   *
   * @throws SettingException when a setting cannot be used, with the field's name
   */
  RemoteProvider open(AccountSettings account, ProviderContext context) throws SettingException;
}
