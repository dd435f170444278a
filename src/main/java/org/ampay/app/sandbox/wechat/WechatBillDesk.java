package org.ampay.app.sandbox.wechat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.HexFormat;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.ampay.app.sandbox.SandboxAnswer;
import org.ampay.app.sandbox.SandboxCall;
import org.ampay.base.TimeSource;

/** Gives the bills out: first a signed link with the digest, then the file. */
final class WechatBillDesk {

  private final WechatState state;
  private final WechatBill bill;
  private final TimeSource time;

  WechatBillDesk(WechatState state, WechatBill bill, TimeSource time) {
    this.state = state;
    this.bill = bill;
    this.time = time;
  }

  ObjectNode link(SandboxCall call, String address) throws WechatError {
    LocalDate day = day(call.query().getOrDefault("bill_date", ""));
    String text = text(day);
    boolean zipped = "GZIP".equals(call.query().get("tar_type"));
    return WechatJson.MAPPER
        .createObjectNode()
        .put("hash_type", "SHA1")
        .put("hash_value", sha1(text))
        .put("download_url", address + "/v3/billdownload/file?token=" + day + "&zipped=" + zipped);
  }

  private String text(LocalDate day) throws WechatError {
    if (time.now()
        .isBefore(day.plusDays(1).atTime(WechatBill.READY).atZone(WechatBill.ZONE).toInstant())) {
      throw new WechatError(400, "STATEMENT_CREATING", "the bill is being made");
    }
    String text = bill.of(day, state.paid(), state.refunded());
    if (text.isEmpty()) {
      throw new WechatError(400, "NO_STATEMENT_EXIST", "there is no bill");
    }
    return text;
  }

  private static LocalDate day(String text) throws WechatError {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      throw WechatError.parameter("bill_date is no day");
    }
  }

  /** The file; not signed, but its digest was. */
  SandboxAnswer file(SandboxCall call) throws WechatError {
    byte[] text =
        text(day(call.query().getOrDefault("token", ""))).getBytes(StandardCharsets.UTF_8);
    boolean zipped = "true".equals(call.query().get("zipped"));
    return new SandboxAnswer(
        200, zipped ? "application/gzip" : "text/plain", zipped ? zip(text) : text, Map.of());
  }

  private static byte[] zip(byte[] text) {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
      out.write(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return zipped.toByteArray();
  }

  private static String sha1(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-1 is in every Java", e);
    }
  }
}
