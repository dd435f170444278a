package org.ampay.ocpp.v16;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.ampay.base.Money;
import org.ampay.charging.CostMessage;
import org.ampay.charging.Display;
import org.ampay.charging.PriceMessage;
import org.ampay.ocpp.edge.CostMessages;
import org.ampay.ocpp.v16.wire.DataTransferRequest;
import org.ampay.ocpp.v16.wire.DataTransferStatus;
import org.ampay.ocpp.wire.Wire;
import org.ampay.ocpp.wire.WireException;
import org.jspecify.annotations.Nullable;

/**
 * Price messages as the data of a DataTransfer, in the shapes of the Open Charge Alliance's paper
 * "OCPP &amp; California Pricing Requirements". Costs are exact in the currency's minor unit; unit
 * prices have as many decimals as the station takes, at least those of the currency.
 */
public final class CostData16 {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private CostData16() {}

  /** The DataTransfer for a station with that display, JSON text. */
  public static String request(CostMessage message, Display display) {
    return Wire.toJson(made(message, display));
  }

  /** Whether the answer to it says Accepted. */
  public static boolean accepted(String answer) {
    try {
      return DataTransferRequest.TYPE.readResponse(answer.getBytes(StandardCharsets.UTF_8)).status()
          == DataTransferStatus.Accepted;
    } catch (WireException e) {
      return false;
    }
  }

  private static DataTransferRequest made(CostMessage message, Display display) {
    return switch (message) {
      case CostMessage.UserPrice price -> request("SetUserPrice", userPrice(price));
      case CostMessage.Running running -> request("RunningCost", running(running, display));
      case CostMessage.Final last -> request("FinalCost", last(last));
    };
  }

  private static DataTransferRequest request(String messageId, ObjectNode data) {
    return DataTransferRequest.of(CostMessages.VENDOR)
        .withMessageId(messageId)
        .withData(data.toString());
  }

  private static ObjectNode userPrice(CostMessage.UserPrice price) {
    ObjectNode data = NODES.objectNode().put("idToken", price.idToken());
    texts(data, price.texts());
    return data;
  }

  private static ObjectNode last(CostMessage.Final last) {
    ObjectNode data = NODES.objectNode();
    transaction(data, last.transactionId());
    data.put("cost", last.cost().toDecimal());
    texts(data, last.texts());
    if (last.qrCode() != null) {
      data.put("qrCodeText", last.qrCode());
    }
    return data;
  }

  private static ObjectNode running(CostMessage.Running running, Display display) {
    int digits = digits(running.cost(), display);
    ObjectNode data = NODES.objectNode();
    transaction(data, running.transactionId());
    data.put("timestamp", time(running.at()));
    data.put("meterValue", running.meter().milliWh() / 1000);
    data.put("cost", running.cost().toDecimal());
    data.put("state", running.charging() ? "Charging" : "Idle");
    prices(data, running.prices(), digits);
    CostMessage.Next next = running.next();
    if (next != null) {
      ObjectNode period = data.putObject("nextPeriod").put("atTime", time(next.at()));
      prices(period, next.prices(), digits);
    }
    trigger(data, running.trigger());
    return data;
  }

  /** A transaction of 1.6 has a number. */
  private static void transaction(ObjectNode data, String transactionId) {
    data.put("transactionId", Integer.parseInt(transactionId));
  }

  private static int digits(Money cost, Display display) {
    int least = Money.exponent(cost.currency());
    return display.decimals() == null ? Math.max(least, 6) : Math.max(least, display.decimals());
  }

  private static void prices(ObjectNode data, CostMessage.Prices prices, int digits) {
    ObjectNode charging = data.putObject("chargingPrice");
    put(charging, "kWhPrice", prices.kwh(), digits);
    put(charging, "hourPrice", prices.hour(), digits);
    put(charging, "flatFee", prices.flat(), digits);
    if (prices.idleHour() != null) {
      ObjectNode idle = data.putObject("idlePrice").put("graceMinutes", prices.graceMinutes());
      put(idle, "hourPrice", prices.idleHour(), digits);
    }
  }

  private static void put(ObjectNode node, String name, @Nullable BigDecimal value, int digits) {
    if (value != null) {
      BigDecimal shown = value.setScale(digits, RoundingMode.HALF_UP).stripTrailingZeros();
      node.put(name, shown.scale() < 0 ? shown.setScale(0) : shown);
    }
  }

  private static void trigger(ObjectNode data, CostMessage.Trigger trigger) {
    ObjectNode node = NODES.objectNode();
    if (trigger.at() != null) {
      node.put("atTime", time(trigger.at()));
    }
    if (trigger.kwh() != null) {
      node.put("atEnergykWh", trigger.kwh());
    }
    if (trigger.powerKw() != null) {
      node.put("atPowerkW", trigger.powerKw());
    }
    if (trigger.phases()) {
      node.putArray("atCPStatus").add("SuspendedEV").add("SuspendedEVSE").add("Charging");
    }
    if (!node.isEmpty()) {
      data.set("triggerMeterValue", node);
    }
  }

  /** The first text is the one for stations that know one language. */
  private static void texts(ObjectNode data, List<PriceMessage> texts) {
    data.put("priceText", texts.getFirst().text());
    if (texts.size() > 1) {
      ArrayNode extra = data.putArray("priceTextExtra");
      for (PriceMessage text : texts.subList(1, texts.size())) {
        extra
            .addObject()
            .put("format", "UTF8")
            .put("language", text.language())
            .put("content", text.text());
      }
    }
  }

  private static String time(Instant at) {
    return at.toString();
  }
}
