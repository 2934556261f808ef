package org.cistern.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.cistern.GatewayUnderTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The example whose upstream is a database: what Camel can ask, the gateway keeps. */
class ReportExampleTest {

  private static final Path EXAMPLE = Path.of("routes/examples/report.camel.yaml");

  @TempDir Path folder;

  private final List<String> set = new ArrayList<>();

  @Test
  void theRowsOfADatabaseAreAskedForOnceAndThenAnsweredFromMemory() throws Exception {
    try (GatewayUnderTest gateway = reporting()) {
      HttpResponse<String> first = gateway.get("/report");
      execute("insert into sale values ('tent', 1)");
      HttpResponse<String> second = gateway.get("/report");

      assertThat(first.body()).isEqualTo("[{\"item\":\"rope\",\"amount\":3}]");
      assertThat(first.headers().firstValue("content-type")).contains("application/json");
      assertThat(GatewayUnderTest.status(first)).contains("fwd=uri-miss", "stored");
      assertThat(second.body()).isEqualTo(first.body());
      assertThat(GatewayUnderTest.status(second)).contains("hit", "l1 ");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"CamelSqlQuery", "camelsqlquery", "CAMELSQLQUERY"})
  void aClientDoesNotChooseTheStatement(String name) throws Exception {
    try (GatewayUnderTest gateway = reporting()) {
      HttpResponse<String> answer = gateway.get("/report", name, "select 'secret' as pw");

      assertThat(answer.body()).isEqualTo("[{\"item\":\"rope\",\"amount\":3}]");
    }
  }

  private GatewayUnderTest reporting() throws Exception {
    execute("create table sale (item text, amount int)");
    execute("insert into sale values ('rope', 3)");
    set("report.query", "select item, amount from sale");
    set("report.life", "60");
    set("camel.beans.reports", "#class:org.sqlite.SQLiteDataSource");
    set("camel.beans.reports.url", url());
    RouteFolder routes =
        RouteFolder.copyIn(folder)
            .replace("api", "from: direct:upstream", "from: direct:report")
            .write("report", Files.readString(EXAMPLE));
    return GatewayUnderTest.in(folder).routes(routes.path()).start();
  }

  private String url() {
    return "jdbc:sqlite:" + folder.resolve("reports.db");
  }

  /** What its note asks for, as options of the command line. */
  private void set(String name, String value) {
    System.setProperty(name, value);
    set.add(name);
  }

  @AfterEach
  void unset() {
    set.forEach(System::clearProperty);
  }

  private void execute(String sql) throws Exception {
    try (Connection connection = DriverManager.getConnection(url());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
