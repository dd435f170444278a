package org.ampay.ocpi.push;

import java.util.Collection;
import org.ampay.store.Tx;

/**
 * Where the rooms of objects say that a partner has something new to learn. An object that waits
 * already is not queued twice: its newest state is read when it is sent.
 */
public interface Pushes {

  /** In the commit of the change. */
  void wanted(Tx tx, long partnerId, PushKind kind, String key);

  /** Many at once, in a commit of their own, for what is not money: states of EVSEs. */
  void wanted(Collection<Long> partnerIds, PushKind kind, Collection<String> keys);
}
