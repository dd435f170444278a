package org.ampay.store;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import org.ampay.base.IdSource;
import org.ampay.store.tables.Tables;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ids in blocks from the table {@code id_sequence}. A block is committed before its first id is
 * given away, so that no id is given twice, whatever crashes; a crash leaves a gap. The next block
 * is fetched when half of the present one is used.
 */
public final class IdBlocks implements IdSource {

  private static final Logger LOG = LoggerFactory.getLogger(IdBlocks.class);

  public static final int DEFAULT_BLOCK_SIZE = 1000;

  private record Block(long first, long end) {}

  private final String name;
  private final int blockSize;
  private final Transactor transactor;
  private final Executor prefetch;

  private final ReentrantLock lock = new ReentrantLock();
  private long next;
  private long end;
  private @Nullable Block spare;
  private boolean fetching;

  /**
   * Ids of one sequence.
   *
   * @param blockSize ids taken from the database at a time
   * @param transactor {@link Database#sideTransactor()}: a block is taken while the caller's own
   *     transaction is open
   * @param prefetch runs the fetching of the next block; it may be late, then a caller fetches
   */
  public IdBlocks(String name, int blockSize, Transactor transactor, Executor prefetch) {
    if (blockSize < 1) {
      throw new IllegalArgumentException("block size must be positive");
    }
    this.name = name;
    this.blockSize = blockSize;
    this.transactor = transactor;
    this.prefetch = prefetch;
  }

  @Override
  public long next() {
    lock.lock();
    try {
      if (next == end) {
        use(spare == null ? fetch() : spare);
      }
      long id = next++;
      if (end - next <= blockSize / 2 && spare == null && !fetching) {
        fetchAhead();
      }
      return id;
    } finally {
      lock.unlock();
    }
  }

  private void use(Block block) {
    next = block.first();
    end = block.end();
    spare = null;
  }

  private void fetchAhead() {
    fetching = true;
    try {
      prefetch.execute(this::prefetch);
    } catch (RejectedExecutionException e) {
      fetching = false;
    }
  }

  private void prefetch() {
    Block block = null;
    try {
      block = fetch();
    } catch (RuntimeException e) {
      LOG.debug("no block of ids '{}' ahead of time", name, e);
    }
    lock.lock();
    try {
      fetching = false;
      // A caller who could not wait may have taken a later block: ids must grow.
      if (block != null && block.first() >= end) {
        spare = block;
      }
    } finally {
      lock.unlock();
    }
  }

  private Block fetch() {
    try {
      return transactor.call(this::take);
    } catch (StoreException.CommitUnknown e) {
      // Perhaps a block is lost, which is only a gap.
      return transactor.call(this::take);
    }
  }

  private Block take(Tx tx) {
    var dsl = SqlTx.of(tx).dsl();
    var table = Tables.ID_SEQUENCE;
    dsl.insertInto(table)
        .set(table.NAME, name)
        .set(table.NEXT_VALUE, 1L)
        .onDuplicateKeyUpdate()
        .set(table.NEXT_VALUE, table.NEXT_VALUE)
        .execute();
    Long first =
        dsl.select(table.NEXT_VALUE)
            .from(table)
            .where(table.NAME.eq(name))
            .forUpdate()
            .fetchSingle(table.NEXT_VALUE);
    dsl.update(table).set(table.NEXT_VALUE, first + blockSize).where(table.NAME.eq(name)).execute();
    return new Block(first, first + blockSize);
  }
}
