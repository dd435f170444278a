package org.ampay.app.sandbox.wechat;

import java.util.Base64;

/** PEM of keys and certificates. */
final class Pem {

  private Pem() {}

  static String of(String what, byte[] der) {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n";
  }
}
