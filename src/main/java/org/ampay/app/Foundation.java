package org.ampay.app;

import java.security.SecureRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.ampay.base.IdSource;
import org.ampay.base.TimeSource;
import org.ampay.station.StationPasswords;
import org.ampay.store.Database;
import org.ampay.store.IdBlocks;
import org.ampay.store.embedded.EmbeddedSettings.Role;

/**
 * What the server and every command that uses the database stand on: the open database, time, ids,
 * randomness, the key of the stations' passwords. Opened in order, closed in reverse.
 */
public final class Foundation implements AutoCloseable {

  private final Settings settings;
  private final Database database;
  private final SecureRandom random = new SecureRandom();
  private final ExecutorService background = Executors.newVirtualThreadPerTaskExecutor();
  private final TimeSource time = new SystemTime();
  private final IdSource ids;
  private final StationPasswords passwords;

  private Foundation(Settings settings, Database database) {
    this.settings = settings;
    this.database = database;
    this.ids = idSource("ids");
    this.passwords =
        new StationPasswords(
            KeyFile.readOrMake(settings.data().resolve("keys").resolve("station-passwords.key")));
  }

  /** Opens the database, brings its schema up to date. */
  public static Foundation open(Settings settings, Role role) {
    Database database = Database.open(settings.database(role));
    try {
      return new Foundation(settings, database);
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  public Settings settings() {
    return settings;
  }

  public Database database() {
    return database;
  }

  public TimeSource time() {
    return time;
  }

  /** The ids of everything that has no sequence of its own. */
  public IdSource ids() {
    return ids;
  }

  /** A further sequence, for example of OCPP 1.6 transaction ids. */
  public IdSource idSource(String name) {
    return new IdBlocks(name, IdBlocks.DEFAULT_BLOCK_SIZE, database.sideTransactor(), background);
  }

  /** Cryptographically strong. */
  public SecureRandom random() {
    return random;
  }

  /** Runs what may block, each on a virtual thread. */
  public ExecutorService background() {
    return background;
  }

  public StationPasswords passwords() {
    return passwords;
  }

  @Override
  public void close() {
    background.close();
    database.close();
  }
}
