package org.ampay.app.sandbox.wechat;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A call of a merchant.
 *
 * @param target path and query as they came: they are signed
 * @param authorization empty without one
 * @param serial by which of its keys WeChat shall sign; empty: by its certificate
 */
record WechatCall(
    String method, String target, String authorization, String serial, byte[] body) {

  List<String> segments() {
    String path = target.contains("?") ? target.substring(0, target.indexOf('?')) : target;
    return List.of(path.substring(1).split("/", -1));
  }

  Map<String, String> query() {
    Map<String, String> query = new HashMap<>();
    int at = target.indexOf('?');
    for (String pair : at < 0 ? new String[0] : target.substring(at + 1).split("&", -1)) {
      String[] parts = pair.split("=", 2);
      if (parts.length == 2) {
        query.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
      }
    }
    return query;
  }

  String text() {
    return new String(body, StandardCharsets.UTF_8);
  }
}
