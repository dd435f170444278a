package org.ampay.ocpp.dictionary;

import java.util.List;
import org.ampay.ocpp.wire.Direction;

/**
 * An action of one OCPP version.
 *
 * @param direction who sends the request
 * @param block functional block or feature profile, {@code E Transactions}
 */
public record MessageSpec(
    String action,
    Direction direction,
    String block,
    List<FieldSpec> request,
    List<FieldSpec> response) {}
