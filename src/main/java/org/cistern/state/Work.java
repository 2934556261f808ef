package org.cistern.state;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * What a table's class does with the database. It leaves the transaction alone, and may be run a
 * second time after its first run was rolled back.
 *
 * @param <T> what comes out
 */
@FunctionalInterface
public interface Work<T> {

  /** Does the work inside a transaction of the caller's. */
  T on(Connection connection) throws SQLException;
}
