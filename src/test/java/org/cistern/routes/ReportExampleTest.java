package org.cistern.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import org.cistern.GatewayUnderTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example whose upstream is a database: what Camel can ask, the gateway keeps. */
class ReportExampleTest {

  @TempDir Path folder;

  @Test
  void theRowsOfADatabaseAreAskedForOnceAndThenAnsweredFromMemory() throws Exception {
    String url = "jdbc:sqlite:" + folder.resolve("reports.db");
    execute(url, "create table sale (item text, amount int)");
    execute(url, "insert into sale values ('rope', 3)");
    RouteFolder routes =
        RouteFolder.copyIn(folder)
            .replace("api", "from: direct:upstream", "from: direct:report")
            .write("report", example())
            .write("beans", dataSource(url));

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

  private static String example() throws Exception {
    return Files.readString(Path.of("routes/examples/report.camel.yaml"))
        .replace("{{cistern.report-query}}", "select item, amount from sale")
        .replace("{{cistern.report-life}}", "60");
  }

  private static String dataSource(String url) {
    return """
        - beans:
            - name: reports
              type: org.sqlite.SQLiteDataSource
              properties: {url: '%s'}
        """
        .formatted(url);
  }

  private static void execute(String url, String sql) throws Exception {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
