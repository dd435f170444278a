package org.ampay.store.embedded;

import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A MariaDB server in a folder of ours: installed at first use, started by the process that owns
 * the folder, shared with other processes of the same user, and never alive without its owner.
 *
 * <p>The owner starts it again when it dies by itself.
 */
public final class EmbeddedMariaDb implements AutoCloseable {

  public static final String USER = "ampay";

  private static final int START_ATTEMPTS = 3;
  private static final int RESTARTS = 5;

  private final EmbeddedSettings settings;
  private final Directory directory;
  private final String password;
  private final int port;
  private final @Nullable Owned owned;

  /** What only the owner has. */
  private static final class Owned {
    final Binaries binaries;
    final Directory.Lock lock;
    ServerProcess server;
    int restarts;
    boolean closing;

    Owned(Binaries binaries, Directory.Lock lock, ServerProcess server) {
      this.binaries = binaries;
      this.lock = lock;
      this.server = server;
    }
  }

  private EmbeddedMariaDb(
      EmbeddedSettings settings,
      Directory directory,
      String password,
      int port,
      @Nullable Owned owned) {
    this.settings = settings;
    this.directory = directory;
    this.password = password;
    this.port = port;
    this.owned = owned;
  }

  /**
   * Starts the server of the folder, or joins the running one.
   *
   * @throws EmbeddedDatabaseException when that is impossible; its message is for people
   */
  public static EmbeddedMariaDb open(EmbeddedSettings settings) {
    Directory directory = Directory.create(settings.directory());
    long pausesLeft = Waiting.pauses(settings.patience());
    try {
      while (true) {
        Optional<Directory.Lock> lock = directory.tryLock();
        if (lock.isPresent()) {
          return own(settings, directory, lock.get());
        }
        Optional<Directory.Endpoint> running = directory.endpoint();
        if (settings.role() == EmbeddedSettings.Role.COMMAND
            && running.isPresent()
            && ServerProcess.answers(running.get().port())) {
          return new EmbeddedMariaDb(
              settings, directory, directory.password(), running.get().port(), null);
        }
        if (pausesLeft-- <= 0) {
          throw new EmbeddedDatabaseException(heldBy(directory, running));
        }
        Waiting.pause();
      }
    } catch (IOException e) {
      throw new EmbeddedDatabaseException(
          "cannot use the embedded database in " + directory.root(), e);
    }
  }

  private static String heldBy(Directory directory, Optional<Directory.Endpoint> running) {
    return "the data folder "
        + directory.root()
        + " is in use by another process"
        + running.map(it -> " (pid " + it.owner() + ")").orElse("");
  }

  private static EmbeddedMariaDb own(
      EmbeddedSettings settings, Directory directory, Directory.Lock lock) throws IOException {
    try {
      directory.withdraw();
      Binaries binaries = Binaries.unpack(settings.cache(), directory.root().resolve("programs"));
      ServerProcess.stopOrphan(directory);
      Installer.install(binaries, directory);
      String password = directory.password();
      ServerProcess server = start(binaries, directory, settings);
      Owned owned = new Owned(binaries, lock, server);
      EmbeddedMariaDb database =
          new EmbeddedMariaDb(settings, directory, password, server.port(), owned);
      database.announceAndWatch(owned, server);
      return database;
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /** A free port can be taken by somebody else before the server binds it: then another one. */
  private static ServerProcess start(
      Binaries binaries, Directory directory, EmbeddedSettings settings) throws IOException {
    for (int attempt = 1; ; attempt++) {
      int port = settings.port() == 0 ? ServerProcess.freePort() : settings.port();
      try {
        return ServerProcess.start(binaries, directory, settings, port);
      } catch (EmbeddedDatabaseException e) {
        boolean portTaken = String.valueOf(e.getMessage()).contains("port");
        if (settings.port() != 0 || !portTaken || attempt == START_ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private void announceAndWatch(Owned own, ServerProcess server) throws IOException {
    long owner = ProcessHandle.current().pid();
    directory.announce(new Directory.Endpoint(port, server.pid(), owner));
    server.onExit().thenRunAsync(() -> restart(own, server));
  }

  private void restart(Owned own, ServerProcess dead) {
    synchronized (own) {
      if (own.closing || own.server != dead) {
        return;
      }
      if (own.restarts++ == RESTARTS) {
        settings.log().accept("the embedded database keeps dying, it stays down: see db.log");
        return;
      }
      settings.log().accept("the embedded database died, starting it again: see db.log");
      try {
        own.server = ServerProcess.start(own.binaries, directory, settings, port);
        announceAndWatch(own, own.server);
      } catch (IOException | RuntimeException e) {
        settings.log().accept("the embedded database does not start again: " + e.getMessage());
      }
    }
  }

  /** The TCP port on 127.0.0.1. */
  public int port() {
    return port;
  }

  public String user() {
    return USER;
  }

  public String password() {
    return password;
  }

  /** Whether this process runs the server, rather than using one that another process runs. */
  public boolean isOwner() {
    return owned != null;
  }

  /** The process id of the server as last announced. */
  public long serverPid() {
    try {
      return directory.endpoint().orElseThrow(() -> new IOException("it has stopped")).pid();
    } catch (IOException e) {
      throw new EmbeddedDatabaseException("no running server in " + directory.root(), e);
    }
  }

  /** Stops the server when this process owns it. */
  @Override
  public void close() {
    Owned own = owned;
    if (own == null) {
      return;
    }
    synchronized (own) {
      if (own.closing) {
        return;
      }
      own.closing = true;
      try {
        directory.withdraw();
        own.server.stop();
        own.lock.close();
      } catch (IOException e) {
        throw new EmbeddedDatabaseException("cannot stop the embedded database", e);
      }
    }
  }
}
