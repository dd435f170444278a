package org.ampay.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes a group in one transaction, looking first where that is asked for. */
final class GroupWriter<T, R> {

  private final Transactor transactor;
  private final GroupCommit.Writer<T, R> writer;

  GroupWriter(Transactor transactor, GroupCommit.Writer<T, R> writer) {
    this.transactor = transactor;
    this.writer = writer;
  }

  List<R> commit(List<T> decisions, boolean lookFirst) {
    return transactor.call(tx -> lookFirst ? findOrWrite(tx, decisions) : write(tx, decisions));
  }

  private List<R> findOrWrite(Tx tx, List<T> decisions) {
    List<Optional<R>> found = new ArrayList<>(decisions.size());
    List<T> missing = new ArrayList<>();
    for (T decision : decisions) {
      Optional<R> earlier = writer.find(tx, decision);
      found.add(earlier);
      if (earlier.isEmpty()) {
        missing.add(decision);
      }
    }
    List<R> written = missing.isEmpty() ? List.of() : write(tx, missing);
    List<R> results = new ArrayList<>(decisions.size());
    int next = 0;
    for (Optional<R> earlier : found) {
      results.add(earlier.isPresent() ? earlier.get() : written.get(next++));
    }
    return results;
  }

  private List<R> write(Tx tx, List<T> decisions) {
    List<R> results = writer.write(tx, decisions);
    if (results.size() != decisions.size()) {
      throw new IllegalStateException(
          "the writer made " + results.size() + " results of " + decisions.size() + " decisions");
    }
    return results;
  }
}
