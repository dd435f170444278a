/**
 * What the protocols demand, row by row, and the tests that prove it.
 *
 * <p>A scenario plays a row of {@code certification-cases-csms.tsv} against the running server
 * ({@link org.ampay.conformance.ScenarioServer#shared}) with a station on a real socket ({@link
 * org.ampay.conformance.Station16}, {@link org.ampay.conformance.Station201}) and the JSON API
 * ({@link org.ampay.conformance.ScenarioApi}). {@code FirstScenariosTest} shows how:
 *
 * <pre>{@code
 * try (Station16 station = Station16.online(Setup.plain().withEvses(2))) {
 *   station.answers("Reset", "{\"status\": \"Accepted\"}");
 *   JsonNode answer = api.answered(station, "Reset", "{\"type\": \"Hard\"}");
 *   assertThat(station.awaitCall("Reset").payload().path("type").asText()).isEqualTo("Hard");
 * }
 * }</pre>
 *
 * <p>All scenarios share the server: each makes its own stations, tokens and drivers.
 */
@NullMarked
package org.ampay.conformance;

import org.jspecify.annotations.NullMarked;
