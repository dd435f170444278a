package org.ampay.app.sandbox.wechat;

import java.util.Map;

/** An answer of WeChat, with its signature where it has one. */
record WechatAnswer(int status, String contentType, byte[] body, Map<String, String> headers) {

  WechatAnswer {
    headers = Map.copyOf(headers);
  }
}
