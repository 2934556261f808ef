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

/** The example whose upstream is a database: what Camel can ask, the gateway keeps. */
class ReportExampleTest {

  private static final Path EXAMPLE = Path.of("routes/examples/report.camel.yaml");

  @TempDir Path folder;

  private final List<String> set = new ArrayList<>();

  @Test
  void theRowsOfADatabaseAreAskedForOnceAndThenAnsweredFromMemory() throws Exception {
    String url = "jdbc:sqlite:" + folder.resolve("reports.db");
    execute(url, "create table sale (item text, amount int)");
    execute(url, "insert into sale values ('rope', 3)");
    set("report.query", "select item, amount from sale");
    set("report.life", "60");
    set("camel.beans.reports", "#class:org.sqlite.SQLiteDataSource");
    set("camel.beans.reports.url", url);
    RouteFolder routes =
        RouteFolder.copyIn(folder)
            .replace("api", "from: direct:upstream", "from: direct:report")
            .write("report", Files.readString(EXAMPLE));

    try (GatewayUnderTest gateway = GatewayUnderTest.in(folder).routes(routes.path()).start()) {
      HttpResponse<String> first = gateway.get("/report");
      execute(url, "insert into sale values ('tent', 1)");
      HttpResponse<String> second = gateway.get("/report");

      assertThat(first.body()).isEqualTo("[{\"item\":\"rope\",\"amount\":3}]");
      assertThat(first.headers().firstValue("content-type")).contains("application/json");
      assertThat(GatewayUnderTest.status(first)).contains("fwd=uri-miss", "stored");
      assertThat(second.body()).isEqualTo(first.body());
      assertThat(GatewayUnderTest.status(second)).contains("hit", "l1 ");
    }
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

  private static void execute(String url, String sql) throws Exception {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
