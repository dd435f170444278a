package org.ampay.payment.provider.wechat;

import java.io.IOException;

/** No connection came about: not a byte of the request was sent. */
final class NotConnectedException extends IOException {

  private static final long serialVersionUID = 1L;

  NotConnectedException(IOException cause) {
    super(cause.getClass().getSimpleName(), cause);
  }
}
