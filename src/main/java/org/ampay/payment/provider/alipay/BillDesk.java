package org.ampay.payment.provider.alipay;

import com.alipay.api.domain.AlipayDataDataserviceBillDownloadurlQueryModel;
import com.alipay.api.request.AlipayDataDataserviceBillDownloadurlQueryRequest;
import com.alipay.api.response.AlipayDataDataserviceBillDownloadurlQueryResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.Charset;
import java.time.LocalDate;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.ampay.payment.provider.StatementException;
import org.ampay.payment.provider.StatementLine;

/** Fetches a day's bill: an address by the API, behind it a zip with two lists in GBK. */
final class BillDesk {

  private static final Charset GBK = Charset.forName("GBK");
  private static final int OK = 200;

  private final AlipayCalls calls;
  private final AlipaySettings settings;

  BillDesk(AlipayCalls calls, AlipaySettings settings) {
    this.calls = calls;
    this.settings = settings;
  }

  boolean read(LocalDate day, Consumer<StatementLine> lines) throws StatementException {
    AlipayDataDataserviceBillDownloadurlQueryModel model =
        new AlipayDataDataserviceBillDownloadurlQueryModel();
    model.setBillType("trade");
    model.setBillDate(day.toString());
    AlipayDataDataserviceBillDownloadurlQueryRequest request =
        new AlipayDataDataserviceBillDownloadurlQueryRequest();
    request.setBizModel(model);
    return switch (calls.call(request)) {
      case Reply.Told<AlipayDataDataserviceBillDownloadurlQueryResponse>(var told) -> {
        fetch(told.getBillDownloadUrl(), lines);
        yield true;
      }
      case Reply.Refused<AlipayDataDataserviceBillDownloadurlQueryResponse>(
              Fate _,
              String subCode) -> {
        if (subCode.equals("isp.bill_not_exist")) {
          yield false;
        }
        throw new StatementException("Alipay refuses the bill of " + day + ": " + subCode);
      }
      case Reply.NotSent<AlipayDataDataserviceBillDownloadurlQueryResponse>(String reason) ->
          throw new StatementException(reason);
      case Reply.Unclear<AlipayDataDataserviceBillDownloadurlQueryResponse>(String reason) ->
          throw new StatementException(reason);
    };
  }

  private void fetch(String address, Consumer<StatementLine> lines) throws StatementException {
    try {
      HttpURLConnection connection = connection(new URI(address));
      try {
        if (connection.getResponseCode() != OK) {
          throw new StatementException("the bill is not there: " + connection.getResponseCode());
        }
        unzip(connection.getInputStream(), lines);
      } finally {
        connection.disconnect();
      }
    } catch (URISyntaxException | IOException | IllegalArgumentException e) {
      throw new StatementException("the bill cannot be fetched", e);
    }
  }

  /** The address was signed by Alipay; it is still not followed to anything but the web. */
  private HttpURLConnection connection(URI address) throws IOException {
    boolean plain = "http".equals(address.getScheme());
    if (!"https".equals(address.getScheme())
        && !(plain && "http".equals(settings.gateway().getScheme()))) {
      throw new IOException("not an address of a bill");
    }
    HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
    int millis = Math.toIntExact(settings.timeout().toMillis());
    connection.setConnectTimeout(millis);
    connection.setReadTimeout(millis);
    connection.setInstanceFollowRedirects(false);
    return connection;
  }

  /** The list of the details; the other is its summary by shop. */
  static void unzip(InputStream zip, Consumer<StatementLine> lines)
      throws IOException, StatementException {
    try (ZipInputStream entries = new ZipInputStream(zip, GBK)) {
      for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
        if (entry.getName().endsWith(".csv") && !entry.getName().contains("汇总")) {
          TradeBill.read(entries, lines);
          return;
        }
      }
    }
    throw new StatementException("the bill has no list of trades");
  }
}
