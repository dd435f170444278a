package org.ampay.payment.provider.wechat;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.security.SecureRandom;
import java.util.Map;
import java.util.TreeMap;
import org.ampay.base.TestTime;
import org.junit.jupiter.api.Test;

/** The signature of API v2 by which a payer's app opens PayScore. */
class ScoreInvitationTest {

  /** The example of WeChat's own description of the algorithm. */
  @Test
  void signature_isThatOfThePublishedExample() {
    Map<String, String> fields =
        Map.of(
            "appid",
            "wxd930ea5d5a258f4f",
            "mch_id",
            "10000100",
            "device_info",
            "1000",
            "body",
            "test",
            "nonce_str",
            "ibuaiVcKdpRxkhJA");
    assertThat(ScoreInvitation.sign(fields, "192006250b4c09247ec02edce69f6a2d"))
        .isEqualTo("6A9AE1657590FD6257D693A078E1C3E4BB6BA4DC30B23E0EE2496E54170DACD6");
  }

  @Test
  void invitation_opensTheOrder_signedOverAllOfIt() {
    String key = "0123456789abcdef0123456789abcdef";
    String json =
        new ScoreInvitation(key, TestTime.monday(), new SecureRandom()).of("1900000001", "AAQT");
    JsonObject call = JsonParser.parseString(json).getAsJsonObject();
    assertThat(call.get("call").getAsString()).isEqualTo("openBusinessView");
    JsonObject args = call.getAsJsonObject("args");
    assertThat(args.get("businessType").getAsString()).isEqualTo("wxpayScoreUse");
    Map<String, String> fields = new TreeMap<>();
    args.getAsJsonObject("extraData")
        .entrySet()
        .forEach(one -> fields.put(one.getKey(), one.getValue().getAsString()));
    String sign = fields.remove("sign");
    assertThat(fields)
        .containsOnlyKeys("mch_id", "package", "timestamp", "nonce_str", "sign_type")
        .containsEntry("mch_id", "1900000001")
        .containsEntry("package", "AAQT")
        .containsEntry("timestamp", "1772438400")
        .containsEntry("sign_type", "HMAC-SHA256");
    assertThat(sign).isEqualTo(ScoreInvitation.sign(fields, key));
    assertThat(args.get("queryString").getAsString()).contains("package=AAQT", "sign=" + sign);
  }
}
