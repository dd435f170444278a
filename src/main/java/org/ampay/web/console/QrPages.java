package org.ampay.web.console;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ampay.web.driver.QrCode;
import org.ampay.web.http.Answer;
import org.ampay.web.http.Problem;
import org.ampay.web.http.PublicUrl;
import org.ampay.web.people.Permission;
import org.ampay.web.read.StationReadStore;
import org.ampay.web.read.StationReadStore.EvseRow;
import org.ampay.web.read.StationReadStore.StationRow;

/** The codes of a station's EVSEs to be printed. */
public final class QrPages {

  private final Pages pages;
  private final StationReadStore stations;
  private final PublicUrl url;

  QrPages(Pages pages, StationReadStore stations, PublicUrl url) {
    this.pages = pages;
    this.stations = stations;
    this.url = url;
  }

  /** The label of an EVSE. */
  public record Label(EvseRow evse, String path, String url, Optional<QrCode> qr) {}

  List<ConsoleRoute> routes() {
    return List.of(ConsoleRoute.get("/stations/{id}/qr", Permission.STATIONS_READ, this::show));
  }

  private Answer show(PageCall call) {
    StationRow station =
        stations
            .find(call.scope(), call.pathParam("id"))
            .orElseThrow(() -> Problem.notFound(null).exception());
    List<Label> labels =
        stations.evses(List.of(station.id())).getOrDefault(station.id(), List.of()).stream()
            .map(evse -> label(call, evse))
            .toList();
    Map<String, Object> model = new HashMap<>();
    model.put("station", station);
    model.put("labels", labels);
    return pages.page(200, "station-qr", call.ui(), model);
  }

  private Label label(PageCall call, EvseRow evse) {
    String path = "/pay/" + call.ui().part(evse.payCode());
    String whole = url.of(call.http(), path).toString();
    return new Label(evse, path, whole, QrCode.of(whole));
  }
}
