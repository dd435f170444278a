package org.ampay.ocpp.edge;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.ampay.access.Authorization;
import org.ampay.access.AuthorizationRequest;
import org.ampay.access.AuthorizationStatus;
import org.ampay.access.Authorizer;
import org.ampay.access.reservation.ReservationReports;
import org.ampay.charging.Display;
import org.ampay.charging.DriverPrices;
import org.ampay.charging.SessionPort;
import org.ampay.charging.SessionReply;
import org.ampay.station.BootReport;
import org.ampay.station.ConnectorReport;
import org.ampay.station.Protocol;
import org.ampay.station.Registration;
import org.ampay.station.StationInfo;
import org.ampay.station.StationLifecycle;
import org.ampay.station.reports.ReportPort;
import org.ampay.station.reports.TransferRule;

/** The rooms below the edges, in memory: they note what they are told, and answer as told. */
public final class FakeRooms implements StationLifecycle, Authorizer, SessionPort, ReportPort {

  public final List<BootReport> boots = list();
  public final List<ConnectorReport> connectors = list();
  public final List<SessionPort.Report> reports = list();
  public final List<AuthorizationRequest> presented = list();
  public final List<String> life = list();
  public final List<org.ampay.station.reports.Report> told = list();
  public final Map<Long, Registration> registrations = new ConcurrentHashMap<>();

  public final FakeDevices devices = new FakeDevices();

  public volatile Registration bootDecision = Registration.ACCEPTED;
  public volatile Authorization authorization = Authorization.of(AuthorizationStatus.ACCEPTED);
  public volatile CompletionStage<Void> connectorStored = CompletableFuture.completedFuture(null);
  public volatile Function<SessionPort.Report, CompletionStage<SessionReply>> sessions =
      report -> CompletableFuture.completedFuture(new SessionReply.Stored());

  private static <T> List<T> list() {
    return Collections.synchronizedList(new ArrayList<>());
  }

  /** A station of an operator in Shanghai. */
  public static StationInfo station(long id, String identity) {
    return new StationInfo(id, 1, 1, identity, "CNY", 5_000, ZoneId.of("Asia/Shanghai"), List.of());
  }

  public Rooms rooms() {
    DataTransfers transfers =
        new DataTransfers(
            List.of(new CostMessages()),
            (operator, vendor, message) -> TransferRule.Decision.UNKNOWN_VENDOR,
            this);
    return new Rooms(
        this,
        this,
        this,
        ReservationReports.NONE,
        new FakeCertificates(),
        new ReportRooms(this, transfers),
        devices,
        new FakePower(),
        new DriverPrices(query -> Optional.empty(), id -> Display.NONE, Runnable::run));
  }

  /** Every report is answered so. */
  public void answer(SessionReply reply) {
    sessions = report -> CompletableFuture.completedFuture(reply);
  }

  @Override
  public CompletionStage<Registration> boot(
      StationInfo station, BootReport report, Instant receivedAt) {
    boots.add(report);
    registrations.put(station.id(), bootDecision);
    return CompletableFuture.completedFuture(bootDecision);
  }

  @Override
  public Registration registration(long stationId) {
    return registrations.getOrDefault(stationId, Registration.NONE);
  }

  @Override
  public CompletionStage<Void> connector(
      StationInfo station, ConnectorReport report, Instant receivedAt) {
    connectors.add(report);
    return connectorStored;
  }

  @Override
  public void connected(StationInfo station, Protocol protocol, Instant at) {
    life.add("connected " + station.identity() + " " + protocol.version());
  }

  @Override
  public void disconnected(StationInfo station, Instant at) {
    life.add("disconnected " + station.identity());
  }

  @Override
  public void seen(long stationId, Instant at) {
    life.add("seen " + stationId);
  }

  @Override
  public CompletionStage<Authorization> authorize(AuthorizationRequest request) {
    presented.add(request);
    return CompletableFuture.completedFuture(authorization);
  }

  @Override
  public CompletionStage<Boolean> submit(
      StationInfo station, org.ampay.station.reports.Report report, Instant receivedAt) {
    told.add(report);
    return CompletableFuture.completedFuture(true);
  }

  @Override
  public CompletionStage<SessionReply> submit(SessionPort.Report report) {
    reports.add(report);
    return sessions.apply(report);
  }
}
