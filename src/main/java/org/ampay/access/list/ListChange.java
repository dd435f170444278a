package org.ampay.access.list;

/** A line of a list that is sent. */
public sealed interface ListChange {

  /** Whom it is about. */
  ListEntry entry();

  /** To be added or replaced. */
  record Put(ListEntry entry) implements ListChange {}

  /** To be taken out; only in a differential update. */
  record Remove(ListEntry entry) implements ListChange {}
}
