package org.ampay.ocpi.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.ampay.base.CountingIds;
import org.ampay.base.TestTime;
import org.ampay.ocpi.ModuleId;
import org.ampay.ocpi.OcpiVersion;
import org.ampay.ocpi.Partner;
import org.ampay.ocpi.Partners;
import org.ampay.ocpi.PartyRef;
import org.ampay.ocpi.client.PartnerClient;
import org.ampay.ocpi.client.PartnerReply;
import org.ampay.ocpi.client.PartnerRequest;
import org.ampay.ocpi.http.OcpiProblem;
import org.ampay.ocpi.json.OcpiJson;
import org.ampay.store.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Results of commands reach the partner, whatever happens between. */
class ResultPostTest implements Partners, PartnerClient {

  @RegisterExtension static final TestDatabase DB = new TestDatabase();

  private static final PartnerReply TAKEN =
      new PartnerReply.Done(MissingNode.getInstance(), Map.of());
  private static final ObjectNode LOST = OcpiJson.object().put("result", "TIMEOUT");
  private static final ObjectNode DONE = OcpiJson.object().put("result", "ACCEPTED");
  private static final String URL = "https://emsp.example/results/1";

  private final TestTime time = TestTime.monday();
  private final CountingIds ids = new CountingIds();
  private final Deque<PartnerReply> replies = new ArrayDeque<>();
  private final List<String> heard = new ArrayList<>();
  private final List<Runnable> never = new ArrayList<>();
  private Optional<String> objection = Optional.empty();

  @BeforeEach
  void clear() {
    DB.clear();
  }

  private ResultPost node(Executor executor) {
    return new ResultPost(this, this, DB.transactor(), ids, time, executor);
  }

  private static Partner partner() {
    return new Partner(
        7,
        1,
        new PartyRef("DE", "AMP"),
        "EMSP",
        new PartyRef("DE", "EMP"),
        "EMP",
        Optional.empty(),
        Partner.State.REGISTERED,
        OcpiVersion.V2_2_1,
        List.of(),
        List.of(),
        Partner.TokenForm.BASE64);
  }

  private static boolean begin(ResultPost post) {
    return post.begin(post.target(partner(), ModuleId.COMMANDS, URL), LOST, DONE::deepCopy);
  }

  private void after(Duration pause, ResultPost post) {
    time.advance(pause);
    post.tick();
  }

  private static int left() {
    return DB.dsl().fetchCount(org.ampay.store.tables.Tables.OCPI_RESULT);
  }

  @Test
  void aResult_isSentOnce() {
    ResultPost post = node(Runnable::run);
    assertThat(begin(post)).isTrue();
    after(Duration.ofHours(1), post);
    assertThat(heard).containsExactly(URL + " ACCEPTED");
    assertThat(left()).isZero();
  }

  @Test
  void weAreKilledBeforeTheStationAnswers_andThePartnerHearsThatNothingCame() {
    begin(node(never::add));
    ResultPost next = node(Runnable::run);
    after(Duration.ofSeconds(60), next);
    assertThat(heard).isEmpty();
    after(Duration.ofSeconds(31), next);
    assertThat(heard).containsExactly(URL + " TIMEOUT");
    never.forEach(Runnable::run); // the station answers a node that was only slow
    after(Duration.ofHours(1), next);
    assertThat(heard).as("one result only").containsExactly(URL + " TIMEOUT");
    assertThat(left()).isZero();
  }

  @Test
  void aPartnerThatFails_getsTheSameResultAgain() {
    ResultPost post = node(Runnable::run);
    replies.add(new PartnerReply.Failed("no answer", true));
    replies.add(new PartnerReply.Refused(500, 0, "HTTP 500"));
    replies.add(new PartnerReply.Refused(200, 3000, "busy"));
    begin(post);
    after(Duration.ofMillis(900), post);
    assertThat(heard).hasSize(1);
    after(Duration.ofMillis(200), post);
    assertThat(heard).hasSize(2);
    after(Duration.ofSeconds(4), post);
    after(Duration.ofSeconds(11), post);
    after(Duration.ofHours(1), post);
    assertThat(heard).hasSize(4).containsOnly(URL + " ACCEPTED");
    assertThat(left()).isZero();
  }

  @Test
  void aPartnerThatDoesNotWantIt_isLeftInPeace() {
    replies.add(new PartnerReply.Refused(200, 2001, "no"));
    ResultPost post = node(Runnable::run);
    begin(post);
    after(Duration.ofHours(1), post);
    assertThat(heard).hasSize(1);
    assertThat(left()).isZero();
  }

  @Test
  void aPartnerThatStaysAway_isGivenUp() {
    for (int i = 0; i < 20; i++) {
      replies.add(new PartnerReply.Failed("no answer", false));
    }
    ResultPost post = node(Runnable::run);
    begin(post);
    for (int i = 0; i < 20; i++) {
      after(Duration.ofMinutes(4), post);
    }
    assertThat(heard).hasSize(7);
    assertThat(left()).isZero();
  }

  @Test
  void workThatFails_isToldAsLost() {
    ResultPost post = node(Runnable::run);
    post.begin(
        post.target(partner(), ModuleId.COMMANDS, URL),
        LOST,
        () -> {
          throw new IllegalStateException("a fault of ours");
        });
    assertThat(heard).containsExactly(URL + " TIMEOUT");
  }

  @Test
  void anAddressInsideOurNetwork_isRefusedBeforeAnythingIsDone() {
    objection = Optional.of("the address is inside our own network");
    ResultPost post = node(Runnable::run);
    assertThatThrownBy(() -> begin(post))
        .isInstanceOf(OcpiProblem.class)
        .hasMessage("response_url: the address is inside our own network");
    assertThatThrownBy(() -> post.target(partner(), ModuleId.COMMANDS, "file:///etc/passwd"))
        .isInstanceOf(OcpiProblem.class);
    assertThat(left()).isZero();
  }

  @Test
  void moreThanIsBearable_isRefused() {
    ResultPost post = node(never::add);
    for (int i = 0; i < 200; i++) {
      assertThat(begin(post)).isTrue();
    }
    assertThat(begin(post)).isFalse();
    assertThat(left()).isEqualTo(200);
  }

  @Override
  public PartnerReply send(Partner to, PartnerRequest request) {
    heard.add(request.absolute() + " " + request.body().path("result").asText());
    return replies.isEmpty() ? TAKEN : replies.poll();
  }

  @Override
  public Optional<String> objection(URI url) {
    return objection;
  }

  @Override
  public Optional<Partner> byId(long partnerId) {
    return Optional.of(partner());
  }

  @Override
  public List<Partner> of(long operatorId) {
    return List.of(partner());
  }

  @Override
  public List<Partner> registered() {
    return List.of(partner());
  }
}
