package org.ampay.base;

/** Makes ids that are never given twice, also across restarts and nodes. */
public interface IdSource {

  /** The next id: positive, growing per source, with gaps. */
  long next();
}
