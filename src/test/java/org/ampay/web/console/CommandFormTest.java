package org.ampay.web.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.List;
import org.ampay.ocpp.dictionary.Dictionary;
import org.ampay.ocpp.dictionary.FieldSpec;
import org.ampay.ocpp.dictionary.FieldSpec.Kind;
import org.ampay.ocpp.dictionary.MessageSpec;
import org.ampay.ocpp.v16.wire.Messages16;
import org.ampay.ocpp.v201.wire.Messages201;
import org.ampay.ocpp.wire.MessageType;
import org.ampay.ocpp.wire.Payload;
import org.ampay.station.Protocol;
import org.ampay.web.message.Checker;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whether a form can say everything that a command can. */
class CommandFormTest {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

  @ParameterizedTest
  @EnumSource
  void everyCommand_goesThroughItsForm_unchanged(Protocol protocol) throws Exception {
    for (MessageSpec command : Dictionary.of(protocol).commands()) {
      for (boolean everything : new boolean[] {false, true}) {
        ObjectNode payload = payload(command.request(), everything);
        CommandForm form = CommandForm.of(command.request(), payload, SHANGHAI);
        ObjectNode typed = form.payload(command.request());
        assertThat(JSON.readTree(typed.toString()))
            .as(command.action())
            .isEqualTo(JSON.readTree(payload.toString()));
        assertThat(Checker.check(command.request(), typed)).as(command.action()).isEmpty();
        // The dictionary as data says the same as the code made of it.
        type(protocol, command.action()).readOwnRequest(Payload.of(typed.toString()));
      }
    }
  }

  private static MessageType<?, ?> type(Protocol protocol, String action) {
    return switch (protocol) {
      case OCPP_16 -> Messages16.byAction(action).orElseThrow();
      case OCPP_201 -> Messages201.byAction(action).orElseThrow();
    };
  }

  private static ObjectNode payload(List<FieldSpec> fields, boolean everything) {
    ObjectNode payload = NODES.objectNode();
    for (FieldSpec field : fields) {
      FieldSpec.Items items = field.items();
      if (!field.required() && !everything) {
        continue;
      }
      if (items == null) {
        payload.set(field.name(), value(field.kind(), everything));
      } else {
        ArrayNode list = payload.putArray(field.name());
        int count = everything ? Math.min(3, items.max()) : Math.max(1, items.min());
        for (int i = 0; i < count; i++) {
          list.add(value(field.kind(), everything));
        }
      }
    }
    return payload;
  }

  private static JsonNode value(Kind kind, boolean everything) {
    return switch (kind) {
      case Kind.Text(int _, int max) -> NODES.textNode("ftp://x".substring(0, Math.min(7, max)));
      case Kind.Whole(int min, int max) -> NODES.numberNode(everything ? max : Math.max(min, 0));
      case Kind.Decimal _ -> NODES.numberNode(new BigDecimal("7.5"));
      case Kind.Bool _ -> NODES.booleanNode(everything);
      case Kind.DateTime _ -> NODES.textNode("2026-03-02T08:09:10Z");
      case Kind.Choice(List<String> words) -> NODES.textNode(words.getLast());
      case Kind.Any _ -> NODES.objectNode().put("free", 1);
      case Kind.Group(List<FieldSpec> fields) -> payload(fields, everything);
    };
  }

  @ParameterizedTest
  @EnumSource
  void everyRequiredField_isNamedWhenItIsMissing(Protocol protocol) {
    for (MessageSpec command : Dictionary.of(protocol).commands()) {
      JsonNode typed = new CommandForm(SHANGHAI).payload(command.request());
      for (FieldSpec field : command.request()) {
        boolean simple = !field.isList() && !(field.kind() instanceof Kind.Group);
        boolean mayBeEmpty = field.name().equals("value");
        if (field.required() && simple && !mayBeEmpty) {
          assertThat(Checker.check(command.request(), typed)).containsKey(field.name());
        }
      }
    }
  }
}
