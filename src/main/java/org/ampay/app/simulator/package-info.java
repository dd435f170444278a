/**
 * Simulated charging stations: for the demo, {@code ampay simulate} and the tests. They share no
 * code with the server (another WebSocket implementation, JSON written by hand), so that a mistake
 * cannot hide by being made on both sides.
 */
@NullMarked
package org.ampay.app.simulator;

import org.jspecify.annotations.NullMarked;
