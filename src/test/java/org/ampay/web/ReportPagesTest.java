package org.ampay.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.ampay.audit.AuditLog;
import org.ampay.conformance.ScenarioServer;
import org.ampay.conformance.ScenarioStation;
import org.ampay.conformance.Setup;
import org.ampay.conformance.Station201;
import org.ampay.web.people.People;
import org.ampay.web.people.Role;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Firmware, logs, security events, displays and customers in a real browser. */
@Tag("full")
class ReportPagesTest {

  private static final String EMAIL = "reports@example.com";
  private static final Path FOLDER =
      Path.of(System.getProperty("ampay.basedir", "")).resolve("target/screenshots");

  private static ScenarioServer server;

  @BeforeAll
  static void start() {
    server = ScenarioServer.shared();
    var on = server.server().foundation();
    new People(
            on.database(), on.ids(), on.time(), new AuditLog(on.database(), on.time()), on.random())
        .createUser(EMAIL, Role.OPERATOR_ADMIN, 1L, ConsoleWorld.PASSWORD, "test");
  }

  private static String url(String path) {
    return "http://127.0.0.1:" + server.server().http().getPort() + path;
  }

  private static void signIn(Page page) {
    page.navigate(url("/sign-in"));
    page.fill("#email", EMAIL);
    page.fill("#password", ConsoleWorld.PASSWORD);
    page.click("form[action='/sign-in'] button");
    page.waitForSelector("#content");
  }

  private static Station201 busyStation() {
    Station201 station =
        Station201.online(Setup.plain().withIdentity("SH-HQ-" + System.nanoTime()));
    station.answers("UpdateFirmware", "{\"status\": \"Accepted\"}");
    station.answers("GetLog", "{\"status\": \"Accepted\", \"filename\": \"box.log\"}");
    station.answers("SetDisplayMessage", "{\"status\": \"Accepted\"}");
    station.answers("CustomerInformation", "{\"status\": \"Accepted\"}");
    for (String type :
        List.of("TamperDetectionActivated", "StartupOfTheDevice", "InvalidMessages", "<b>Odd")) {
      station.ok(
          "SecurityEventNotification",
          Map.of("type", type, "timestamp", ScenarioStation.now(), "techInfo", "door switch 2"));
    }
    station.ok(
        "DataTransfer", Map.of("vendorId", "com.example.vendor", "messageId", "Hi", "data", 7));
    return station;
  }

  @Test
  void operator_uploadsFirmware_updatesAStation_andReadsItsLog() throws Exception {
    try (Station201 station = busyStation();
        Browsers browsers = new Browsers();
        Browsers.Window window = browsers.open(1280, 800, "en")) {
      Page page = window.page;
      signIn(page);
      page.navigate(url("/firmware"));
      page.fill("#name", "Wallbox");
      page.fill("#version", "9.9");
      page.click("form[action='/firmware'] button");
      Path image = java.nio.file.Files.createTempFile("firmware", ".bin");
      java.nio.file.Files.writeString(image, "bytes");
      page.setInputFiles("input[type=file]", image);
      page.click("form[enctype] button");
      page.waitForSelector("text=unsigned");
      page.navigate(url("/stations/" + station.identity() + "/firmware"));
      page.check("input[name=unsigned]");
      page.click("form[action$='/firmware'] button");
      int request = station.awaitCall("UpdateFirmware").payload().path("requestId").asInt();
      for (String word : List.of("Downloading", "DownloadFailed")) {
        station.ok("FirmwareStatusNotification", Map.of("status", word, "requestId", request));
      }
      page.waitForSelector("text=Download failed");
      page.click("text=Diagnostics");
      String location =
          station.awaitCall("GetLog").payload().path("log").path("remoteLocation").asText();
      assertThat(put(location + "box.log")).isEqualTo(201);
      page.reload();
      assertThat(
              page.waitForDownload(() -> page.click("text=Download >> nth=-1")).suggestedFilename())
          .isEqualTo("box.log");
      assertThat(window.complaints).isEmpty();
      pictures(browsers, station);
    }
  }

  private static int put(String location) throws Exception {
    try (var http = java.net.http.HttpClient.newHttpClient()) {
      return http.send(
              java.net.http.HttpRequest.newBuilder(java.net.URI.create(location))
                  .PUT(java.net.http.HttpRequest.BodyPublishers.ofString("log"))
                  .build(),
              java.net.http.HttpResponse.BodyHandlers.discarding())
          .statusCode();
    }
  }

  /** Every page fits a desktop and a phone, in both languages; the pictures are for people. */
  private static void pictures(Browsers browsers, Station201 station) {
    String one = "/stations/" + station.identity();
    server
        .api()
        .post(one + "/display-messages", Map.of("id", 3, "content", "欢迎使用", "language", "zh-CN"))
        .expect(200);
    server
        .api()
        .post(one + "/customer-information", Map.of("id_token", "DEADBEEF", "report", true))
        .expect(201);
    Map<String, String> all =
        Map.of(
            "firmware", "/firmware",
            "station-firmware", one + "/firmware",
            "station-display", one + "/display",
            "security-events", "/security-events",
            "data-transfers", "/data-transfers");
    for (int width : new int[] {1280, 390}) {
      for (String language : List.of("zh-CN", "en")) {
        try (Browsers.Window window = browsers.open(width, 844, language)) {
          signIn(window.page);
          for (Map.Entry<String, String> entry : all.entrySet()) {
            window.page.navigate(url(entry.getValue()));
            window.page.evaluate(
                "() => document.querySelectorAll('details').forEach(d => d.open = true)");
            window.page.screenshot(
                new Page.ScreenshotOptions()
                    .setPath(FOLDER.resolve(entry.getKey() + "-" + language + "-" + width + ".png"))
                    .setFullPage(true));
            assertThat(window.overflows()).as(entry + " " + width).isFalse();
          }
          assertThat(window.complaints).isEmpty();
        }
      }
    }
  }
}
