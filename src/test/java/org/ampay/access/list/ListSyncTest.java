package org.ampay.access.list;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.ampay.access.AuthorizationStatus;
import org.ampay.ocpp.v16.LocalLists16;
import org.ampay.station.CommandOutcome;
import org.ampay.station.CommandPort;
import org.ampay.station.Protocol;
import org.ampay.station.StationInfo;
import org.junit.jupiter.api.Test;

class ListSyncTest {

  private static final Instant NOW = Instant.parse("2026-03-02T08:00:00Z");
  private static final StationInfo STATION =
      new StationInfo(5, 1, 3, "CP-1", "CNY", 0, ZoneId.of("UTC"), List.of());
  private static final CommandOutcome TAKEN = answered("{\"status\":\"Accepted\"}");

  private final Answers station = new Answers();

  @Test
  void aStationThatHoldsWhatBelongsThere_isOnlyAsked() {
    station.will(version(7));
    ListState after = sync(held(7, "A", "B"), "A", "B");
    assertThat(after.word()).isEqualTo(ListState.CURRENT);
    assertThat(after.version()).isEqualTo(7);
    assertThat(station.actions()).containsExactly("GetLocalListVersion");
  }

  @Test
  void whatDiffers_isSentAboveTheStationsVersion() {
    station.will(version(7), answered("{}"), TAKEN);
    ListState after = sync(held(7, "A", "B"), "B", "C");
    assertThat(after.version()).isEqualTo(8);
    assertThat(after.entries()).isEqualTo(2);
    assertThat(after.times().sentAt()).isEqualTo(NOW);
    assertThat(station.sent.getLast())
        .contains("\"listVersion\":8", "Differential", "{\"idTag\":\"A\"}", "\"C\"")
        .doesNotContain("\"B\"");
  }

  @Test
  void anotherVersionThanOurs_isFollowedByTheWholeList() {
    station.will(version(9), answered("{}"), TAKEN);
    ListState after = sync(held(7, "A"), "A");
    assertThat(station.sent.getLast()).contains("\"Full\"");
    assertThat(after.version()).isEqualTo(10);
  }

  @Test
  void aVersionThatCannotBeCountedOn_isFollowedByTheWholeList_countedAnew() {
    station.will(version(Integer.MAX_VALUE), answered("{}"), TAKEN);
    ListState after = sync(held(Integer.MAX_VALUE, "A"), "A", "B");
    assertThat(station.sent.getLast()).contains("\"Full\"", "\"listVersion\":1,");
    assertThat(after.word()).isEqualTo(ListState.CURRENT);
    assertThat(after.version()).isEqualTo(1);
  }

  @Test
  void aPartThatFails_leavesTheContentUnknown_andIsTriedAgainLaterAndLater() {
    station.will(version(0), answered("{}"), TAKEN, answered("{\"status\":\"Failed\"}"));
    String[] many = IntStream.range(0, 150).mapToObj(i -> "T" + i).toArray(String[]::new);
    ListState after = sync(ListState.unknown(5, 1), many);
    assertThat(after.word()).isEqualTo(ListState.FAILED);
    assertThat(after.version()).isNull();
    assertThat(after.content()).isNull();
    assertThat(after.trouble().retryAt()).isEqualTo(NOW.plusSeconds(60));
    station.will(new CommandOutcome.TimedOut());
    ListState again = sync(after, many);
    assertThat(again.trouble().attempts()).isEqualTo(2);
    assertThat(again.trouble().retryAt()).isEqualTo(NOW.plusSeconds(120));
  }

  @Test
  void callErrorNotSupported_meansNoListIsKept() {
    station.will(new CommandOutcome.Error("NotImplemented", ""));
    assertThat(sync(ListState.unknown(5, 1), "A").word()).isEqualTo(ListState.UNSUPPORTED);
  }

  @Test
  void aListThatIsTooLong_isCutToWhatTheStationHolds_andSaysSo() {
    station.will(
        version(0),
        answered(
            "{\"configurationKey\":[{\"key\":\"LocalAuthListMaxLength\",\"readonly\":true,"
                + "\"value\":\"2\"}]}"),
        TAKEN);
    ListState after = sync(ListState.unknown(5, 1), "A", "B", "C");
    assertThat(after.entries()).isEqualTo(2);
    assertThat(after.wanted()).isEqualTo(3);
  }

  @Test
  void aHundredEntriesAMessage_whenTheStationDoesNotSay() {
    station.will(version(0), new CommandOutcome.Error("NotSupported", ""), TAKEN, TAKEN);
    String[] many = IntStream.range(0, 101).mapToObj(i -> "T" + i).toArray(String[]::new);
    ListState after = sync(ListState.unknown(5, 1), many);
    assertThat(after.version()).isEqualTo(2);
    assertThat(station.actions())
        .containsExactly(
            "GetLocalListVersion", "GetConfiguration", "SendLocalList", "SendLocalList");
  }

  private ListState sync(ListState before, String... belong) {
    return new ListSync(STATION, station, new LocalLists16(), NOW)
        .run(before, entries(belong), false);
  }

  private static ListState held(int version, String... uids) {
    return ListState.unknown(5, 1).current(version, entries(uids), uids.length, null);
  }

  private static List<ListEntry> entries(String... uids) {
    List<ListEntry> entries = new ArrayList<>();
    for (String uid : uids) {
      entries.add(
          new ListEntry(
              uid, "ISO14443", AuthorizationStatus.ACCEPTED, null, null, List.of(), null));
    }
    return entries;
  }

  private static CommandOutcome version(int version) {
    return answered("{\"listVersion\":" + version + "}");
  }

  private static CommandOutcome answered(String payload) {
    return new CommandOutcome.Answered(payload);
  }

  /** A station that answers in turn. */
  private static final class Answers implements CommandPort {
    final List<String> sent = new ArrayList<>();
    private final Deque<CommandOutcome> next = new ArrayDeque<>();

    void will(CommandOutcome... outcomes) {
      next.addAll(List.of(outcomes));
    }

    List<String> actions() {
      return sent.stream().map(text -> text.substring(0, text.indexOf(' '))).toList();
    }

    @Override
    public CompletionStage<CommandOutcome> send(StationInfo to, String action, String payload) {
      sent.add(action + " " + payload);
      return CompletableFuture.completedFuture(next.remove());
    }

    @Override
    public Optional<Protocol> connected(long stationId) {
      return Optional.of(Protocol.OCPP_16);
    }
  }
}
