package org.ampay.app.sandbox.wechat;

/** WeChat refuses a call: an answer that it does not sign. */
final class WechatError extends Exception {

  private static final long serialVersionUID = 1L;

  final int status;
  final String code;

  WechatError(int status, String code, String message) {
    super(message);
    this.status = status;
    this.code = code;
  }

  static WechatError parameter(String what) {
    return new WechatError(400, "PARAM_ERROR", what);
  }
}
