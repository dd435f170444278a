package org.ampay.power;

import java.util.concurrent.Executor;
import org.ampay.base.IdSource;
import org.ampay.base.TimeSource;
import org.ampay.cluster.LiveBus;
import org.ampay.store.Database;
import org.ampay.store.Delay;

/**
 * What the room stands on.
 *
 * @param blocking runs what waits for the database
 */
public record PowerGround(
    Database database,
    IdSource ids,
    TimeSource time,
    Executor blocking,
    Delay delay,
    LiveBus live) {}
