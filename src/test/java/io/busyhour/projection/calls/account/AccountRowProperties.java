package io.busyhour.projection.calls.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.busyhour.event.AccountEvent;
import io.busyhour.projection.change.AccountRecord;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class AccountRowProperties {
  record Said(AccountEvent.Updated event, long at) {}

  @Property(tries = 500)
  void merge_anyOrderAndRepetition_givesTheSameRow(
      @ForAll("statements") List<Said> statements, @ForAll Random random) {
    List<Said> again = new ArrayList<>(statements);
    statements.stream().filter(said -> random.nextBoolean()).forEach(again::add);
    Collections.shuffle(again, random);
    assertThat(merged(again)).isEqualTo(merged(statements));
  }

  private static AccountRecord merged(List<Said> statements) {
    AccountRow row = new AccountRow("a");
    statements.forEach(said -> row.merge(said.event(), said.at()));
    return row.toRecord();
  }

  @Property(tries = 500)
  void merge_ofEachFact_keepsTheLatest(@ForAll("statements") List<Said> statements) {
    long last = -1;
    BigDecimal expected = null;
    for (Said said : statements) {
      BigDecimal balance = said.event().balanceDollars();
      boolean isLess = expected == null || (balance != null && balance.compareTo(expected) < 0);
      if (balance != null && (said.at() > last || (said.at() == last && isLess))) {
        last = said.at();
        expected = balance;
      }
    }
    AccountRecord found = merged(statements);
    if (expected == null) {
      assertThat(found.balance()).isNull();
    } else {
      assertThat(found.balance()).isEqualByComparingTo(expected);
    }
  }

  @Provide
  Arbitrary<List<Said>> statements() {
    Arbitrary<BigDecimal> amounts =
        Arbitraries.of("-3.5", "0", "0.00", "10", "10.0", "27.5312")
            .map(BigDecimal::new)
            .injectNull(0.4);
    return Combinators.combine(
            Arbitraries.of(AccountEvent.Type.class).injectNull(0.4),
            amounts,
            amounts,
            amounts,
            Arbitraries.longs().between(0, 4))
        .as(
            (type, balance, limit, threshold, at) ->
                new Said(new AccountEvent.Updated("a", type, balance, limit, threshold), at))
        .list()
        .ofMinSize(1)
        .ofMaxSize(8);
  }
}
