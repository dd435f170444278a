package org.ampay.web;

import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.ampay.ocpi.InterfaceRole;
import org.ampay.ocpi.ModuleId;
import org.ampay.ocpi.OcpiVersion;
import org.ampay.ocpi.http.OcpiAnswer;
import org.ampay.ocpi.http.OcpiModule;
import org.ampay.ocpi.http.OcpiProblem;
import org.ampay.ocpi.http.PageQuery;
import org.ampay.ocpi.http.PartnerCall;
import org.ampay.ocpi.json.OcpiJson;
import org.ampay.ocpi.json.OcpiTime;

/** A list of {@value #SIZE} objects, on wish with a gap, and an echo of what came below it. */
final class ListedModule implements OcpiModule {

  static final int SIZE = 25;

  @Override
  public ModuleId id() {
    return ModuleId.LOCATIONS;
  }

  @Override
  public InterfaceRole role() {
    return InterfaceRole.SENDER;
  }

  @Override
  public Set<OcpiVersion> versions() {
    return Set.of(OcpiVersion.values());
  }

  @Override
  public OcpiAnswer handle(PartnerCall call) {
    return switch (call.method()) {
      case "GET" -> call.path().isEmpty() ? page(call) : echo(call);
      case "PUT" -> OcpiAnswer.ok(call.object());
      case "POST" -> throw new IllegalStateException("secret detail");
      default -> throw OcpiProblem.notAllowed("takes GET, POST and PUT");
    };
  }

  private static OcpiAnswer page(PartnerCall call) {
    PageQuery page = call.page();
    long gap = call.query("gap").map(Long::parseLong).orElse(-1L);
    List<String> items =
        LongStream.range(page.offset(), Math.min(SIZE, page.offset() + page.limit()))
            .filter(number -> number != gap)
            .mapToObj(number -> "{\"id\":\"" + number + "\"}")
            .toList();
    return new OcpiAnswer.Page(items, SIZE);
  }

  private static OcpiAnswer echo(PartnerCall call) {
    var echo = OcpiJson.object().put("from", call.from().toString());
    var path = echo.putArray("path");
    call.path().forEach(path::add);
    PageQuery page = call.page();
    if (page.from() != null) {
      echo.put("date_from", OcpiTime.write(page.from()));
    }
    return OcpiAnswer.ok(echo);
  }
}
