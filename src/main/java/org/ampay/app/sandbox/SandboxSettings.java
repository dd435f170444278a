package org.ampay.app.sandbox;

import java.nio.file.Path;
import org.ampay.app.HostPort;
import org.ampay.base.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * How a gateway runs.
 *
 * @param listen port 0 picks a free one
 * @param seed of the ids it gives
 * @param data the file in which all that happened is kept; null: nothing is
 * @param post how callbacks leave
 */
public record SandboxSettings(
    HostPort listen, long seed, TimeSource time, @Nullable Path data, SandboxCallbacks.Post post) {

  /** On a free port of the loopback, without a file; callbacks go out by HTTP. */
  public static SandboxSettings local(TimeSource time) {
    return new SandboxSettings(new HostPort("127.0.0.1", 0), 1, time, null, new CallbackClient());
  }

  /** The same, with callbacks handed to {@code post}. */
  public SandboxSettings withPost(SandboxCallbacks.Post other) {
    return new SandboxSettings(listen, seed, time, data, other);
  }
}
