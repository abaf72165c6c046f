package io.busyhour.projection;

import io.busyhour.event.Occurrence;
import io.busyhour.journal.Entry;
import io.busyhour.projection.change.Change;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Several folds as one. */
final class Folds implements Fold {
  private final List<Fold> all;

  Folds(List<Fold> all) {
    this.all = List.copyOf(all);
  }

  @Override
  public void on(Entry entry, Occurrence occurrence) {
    all.forEach(fold -> fold.on(entry, occurrence));
  }

  @Override
  public void on(Change change) {
    all.forEach(fold -> fold.on(change));
  }

  @Override
  public boolean isDue() {
    return all.stream().anyMatch(Fold::isDue);
  }

  @Override
  public void save(Connection transaction) throws SQLException {
    for (Fold fold : all) {
      fold.save(transaction);
    }
  }

  @Override
  public void restore(Connection transaction) throws SQLException {
    for (Fold fold : all) {
      fold.restore(transaction);
    }
  }

  @Override
  public void committed() {
    all.forEach(Fold::committed);
  }
}
