package org.ampay.web.api;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.ampay.web.http.Field;
import org.ampay.web.http.Ref;
import org.ampay.web.read.StationReadStore.ConnectorRow;
import org.ampay.web.read.StationReadStore.EvseRow;
import org.ampay.web.read.StationReadStore.StationRow;
import org.jspecify.annotations.Nullable;

/** What goes in and comes out of the calls for sites and stations. */
final class StationShapes {

  private StationShapes() {}

  record NewSiteIn(
      @Field(value = "unique within the operator", maxLength = 36) String code,
      @Field(maxLength = 100) @Nullable String name,
      @Nullable String address,
      @Field(maxLength = 100) @Nullable String city,
      @Field(maxLength = 20) @Nullable String postalCode,
      @Field(value = "ISO 3166-1 alpha-3", maxLength = 3) @Nullable String country,
      @Nullable BigDecimal latitude,
      @Nullable BigDecimal longitude,
      @Field(value = "IANA name; Asia/Shanghai by default", maxLength = 64)
          @Nullable String timeZone,
      @Field("shown to drivers and partners; true by default") @Nullable Boolean published,
      @Nullable Ref operator) {}

  record SiteOut(
      long id,
      long operator,
      String code,
      String name,
      String address,
      String city,
      String postalCode,
      String country,
      @Nullable BigDecimal latitude,
      @Nullable BigDecimal longitude,
      String timeZone,
      boolean published) {}

  record NewConnectorIn(
      @Field(min = 1, max = 100) @Nullable Integer id,
      @Field(value = "OCPI ConnectorType; IEC_62196_T2 by default", maxLength = 30)
          @Nullable String type) {}

  record NewEvseIn(
      @Field(value = "1, 2, 3 … by default", min = 1, max = 1000) @Nullable Integer id,
      @Field("one by default") @Nullable List<NewConnectorIn> connectors,
      @Field(value = "watts; 0: unknown", min = 0, max = 10_000_000) @Nullable Integer maxPowerW,
      @Field(value = "AC or DC; by the connector's type by default", maxLength = 2)
          @Nullable String currentType,
      @Field(min = 1, max = 3) @Nullable Integer phases) {}

  record NewStationIn(
      @Field(value = "the last part of the station's URL", maxLength = 48) String id,
      @Field("id or code of its site; by default the operator's site `default`, made when missing")
          @Nullable Ref site,
      @Field(value = "its id by default", maxLength = 100) @Nullable String name,
      @Field(
              value =
                  "0: no password; 1: password; 2: password by TLS; 3: client certificate by TLS."
                      + " 1 when a password is given, else 0",
              max = 3,
              min = 0)
          @Nullable Integer securityProfile,
      @Field(
              value = "8 to 64 characters; generated for profiles 1 and 2 when absent",
              maxLength = 64)
          @Nullable String password,
      @Field(value = "what it will speak; stored once it connects", maxLength = 10)
          @Nullable String protocol,
      @Field("one with one connector by default") @Nullable List<NewEvseIn> evses,
      @Field("OCPP 1.6 way to say it, instead of evses: each is an EVSE of its own")
          @Nullable List<NewConnectorIn> connectors,
      @Nullable Ref operator) {}

  record StationPatchIn(
      @Field(maxLength = 100) @Nullable String name,
      @Nullable Ref site,
      @Field(value = "never lowered", min = 0, max = 3) @Nullable Integer securityProfile) {}

  record PasswordIn(
      @Field(value = "8 to 64 characters; generated when absent", maxLength = 64)
          @Nullable String password) {}

  record PasswordOut(
      @Field("only when it was generated") @Nullable String password,
      @Field("the station was connected and has accepted it") boolean sent,
      @Field("the station is away and is told when it is back") boolean waiting) {}

  record ConnectorOut(
      int id,
      String type,
      String status,
      @Nullable String errorCode,
      @Nullable String errorInfo,
      @Nullable Instant statusAt) {
    static ConnectorOut of(ConnectorRow row) {
      return new ConnectorOut(
          row.connectorNo(),
          row.standard(),
          row.status(),
          row.errorCode(),
          row.errorInfo(),
          row.statusAt());
    }
  }

  record EvseOut(
      int id,
      String currentType,
      int phases,
      int maxPowerW,
      String payCode,
      List<ConnectorOut> connectors) {
    static EvseOut of(EvseRow row) {
      return new EvseOut(
          row.evseNo(),
          row.currentType(),
          row.phases(),
          row.maxPowerW(),
          row.payCode(),
          row.connectors().stream().map(ConnectorOut::of).toList());
    }
  }

  record StationOut(
      String id,
      String name,
      long operator,
      long site,
      @Field("its site's code") String siteCode,
      int securityProfile,
      @Field("1.6 or 2.0.1; null before its first connection") @Nullable String protocol,
      boolean connected,
      @Field("of BootNotification: none, accepted, pending, rejected") String registration,
      @Nullable String vendor,
      @Nullable String model,
      @Nullable String serialNumber,
      @Nullable String firmwareVersion,
      @Nullable Instant bootedAt,
      @Nullable Instant connectedAt,
      @Nullable Instant lastSeenAt,
      Instant createdAt,
      List<EvseOut> evses,
      @Field("generated, shown once") @Nullable String password) {

    static StationOut of(
        StationRow row, List<EvseRow> evses, boolean connected, @Nullable String password) {
      return new StationOut(
          row.identity(),
          row.name(),
          row.operatorId(),
          row.siteId(),
          row.siteCode(),
          row.securityProfile(),
          row.protocol(),
          connected,
          row.registration(),
          row.vendor(),
          row.model(),
          row.serialNumber(),
          row.firmwareVersion(),
          row.bootedAt(),
          row.connectedAt(),
          row.lastSeenAt(),
          row.createdAt(),
          evses.stream().map(EvseOut::of).toList(),
          password);
    }
  }

  record MessageOut(
      long id,
      Instant at,
      @Field("in: from the station") String direction,
      @Nullable String action,
      @Nullable String messageId,
      @Nullable String errorCode,
      @Field("as it came or went") String frame) {}
}
