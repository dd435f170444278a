package org.ampay.ocpi.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.ampay.ocpi.OcpiVersion;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every endpoint of the specification, in both versions and both roles: those that we serve are
 * called by a partner, those of the partner are called by us. The partner checks each object that
 * it gets, whatever field it has, against the facts. An endpoint that nobody walks fails.
 */
class EndpointContractTest {

  private static final Map<OcpiVersion, Stage> STAGES = new EnumMap<>(OcpiVersion.class);
  private static final Map<String, Consumer<Stage>> WALKS = Walks.all();

  @AfterAll
  static void close() {
    STAGES.values().forEach(Stage::close);
  }

  private static List<Endpoint> everything() {
    return Arrays.stream(OcpiVersion.values()).flatMap(v -> Endpoint.all(v).stream()).toList();
  }

  static List<Endpoint> endpoints() {
    return everything().stream()
        .filter(endpoint -> !Walks.notWalked().containsKey(endpoint.key()))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("endpoints")
  void endpoint_isWalked(Endpoint endpoint) {
    assertThat(WALKS).containsKey(endpoint.key());
    Stage stage = STAGES.computeIfAbsent(endpoint.version(), Stage::new);
    WALKS.get(endpoint.key()).accept(stage);
    stage.quiet();
  }

  @Test
  void whatIsWalkedOrLeftOut_isInTheSpecification() {
    Set<String> keys = new LinkedHashSet<>();
    everything().forEach(endpoint -> keys.add(endpoint.key()));
    assertThat(keys).hasSizeGreaterThan(50);
    List<String> ours = new ArrayList<>(WALKS.keySet());
    ours.addAll(Walks.notWalked().keySet());
    assertThat(ours).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(keys);
  }
}
