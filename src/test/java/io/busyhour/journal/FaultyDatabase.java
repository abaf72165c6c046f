package io.busyhour.journal;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** A real database whose connections fail, or wait, when the test says so. */
public final class FaultyDatabase implements DataSource {
  /** What is wrong with it. */
  public enum Fault {
    /** Nothing. */
    NONE,
    /** There are no connections. */
    UNREACHABLE,
    /** No keys can be merged into their table. */
    MERGE_FAILS,
    /** All goes well until the commit, which fails. */
    COMMIT_FAILS,
    /** The commit is made, and then the connection is lost: nobody hears of it. */
    COMMIT_UNHEARD,
    /** As before, and from then on there are no connections. */
    COMMIT_UNHEARD_THEN_UNREACHABLE,
    /** All goes well but the commit, which fails, and from then on there are no connections. */
    COMMIT_FAILS_THEN_UNREACHABLE,
    /** An H2 file cannot be forced to the disk. */
    SYNC_FAILS,
    /** Connections are late for as long as this lasts. */
    HELD
  }

  private final DataSource database;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private Fault fault = Fault.NONE;

  /** Connections of this database. */
  public FaultyDatabase(DataSource database) {
    this.database = database;
  }

  /** What is wrong from now on. */
  public void set(Fault next) {
    lock.lock();
    try {
      fault = next;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private Fault fault() {
    lock.lock();
    try {
      while (fault == Fault.HELD) {
        changed.awaitUninterruptibly();
      }
      return fault;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Connection getConnection() throws SQLException {
    if (fault() == Fault.UNREACHABLE) {
      throw new SQLException("unreachable, as the test wants it");
    }
    Connection connection = database.getConnection();
    return proxy(
        Connection.class,
        connection,
        (method, argument) -> {
          if (method.equals("prepareStatement")) {
            prepare((String) argument);
          }
          return switch (method) {
            case "commit" -> {
              commit(connection);
              yield true;
            }
            case "createStatement" ->
                proxy(Statement.class, connection.createStatement(), this::run);
            default -> null;
          };
        });
  }

  /**
   * What is done instead of a method, by its name and first argument; null if it is done itself.
   */
  private interface Instead {
    Object call(String method, Object argument) throws SQLException;
  }

  private static <T> T proxy(Class<T> type, T target, Instead instead) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              Object first = arguments == null ? null : arguments[0];
              Object result = instead.call(method.getName(), first);
              if (result != null) {
                return method.getReturnType() == void.class ? null : result;
              }
              try {
                return method.invoke(target, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }

  private Object run(String method, Object sql) throws SQLException {
    if (method.equals("execute") && "CHECKPOINT SYNC".equals(sql) && fault() == Fault.SYNC_FAILS) {
      throw new SQLException("the disk fails, as the test wants it");
    }
    return null;
  }

  private void prepare(String sql) throws SQLException {
    if (fault() == Fault.MERGE_FAILS && sql.startsWith("INSERT INTO journal_keys")) {
      throw new SQLException("the merge fails, as the test wants it");
    }
  }

  private void commit(Connection connection) throws SQLException {
    Fault now = fault();
    boolean fails = now == Fault.COMMIT_FAILS || now == Fault.COMMIT_FAILS_THEN_UNREACHABLE;
    boolean unheard = now == Fault.COMMIT_UNHEARD || now == Fault.COMMIT_UNHEARD_THEN_UNREACHABLE;
    if (!fails) {
      connection.commit();
    }
    if (now.name().endsWith("THEN_UNREACHABLE")) {
      set(Fault.UNREACHABLE);
    }
    if (fails || unheard) {
      throw new SQLException("the commit fails, as the test wants it");
    }
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    throw new SQLFeatureNotSupportedException();
  }

  @Override
  public PrintWriter getLogWriter() {
    return null;
  }

  @Override
  public void setLogWriter(PrintWriter out) {}

  @Override
  public void setLoginTimeout(int seconds) {}

  @Override
  public int getLoginTimeout() {
    return 0;
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return database.unwrap(type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) throws SQLException {
    return database.isWrapperFor(type);
  }
}
