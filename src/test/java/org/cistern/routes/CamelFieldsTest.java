package org.cistern.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.cistern.GatewayUnderTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fields by the names that steer Camel's components go past the routes, whoever sends them. */
class CamelFieldsTest {

  private static final String LOOK = "- bean: {beanType: '" + Looking.class.getName() + "'}\n";

  /** Each of these hands a copy of the message on. */
  private static final String COPY =
      """
      - wireTap: {uri: 'direct:look'}
      - toD: {uri: 'direct:look'}
      - recipientList: {expression: {constant: {expression: 'direct:look'}}}
      - multicast: {steps: [{to: {uri: 'direct:look'}}]}
      - to: {uri: 'cistern:worker'}
      """;

  private static final String DATABASE =
      """
      - beans:
          - name: db
            type: org.sqlite.SQLiteDataSource
            properties: {url: 'jdbc:sqlite::memory:'}
      """;

  private static final String OWN_BODY =
      "- setBody: {expression: {constant: {expression: mine}}}\n";
  private static final List<Map<String, Object>> LOOKS = new CopyOnWriteArrayList<>();

  @TempDir Path folder;

  private RouteFolder routes;

  @BeforeEach
  void open() {
    LOOKS.clear();
    routes = RouteFolder.copyIn(folder);
    routes.write(
        "look", "- from: {uri: 'direct:look', steps: [" + LOOK.substring(2).strip() + "]}\n");
  }

  private static RecordingUpstream sending(String field, String value) {
    return new RecordingUpstream(
        "origin", "Cache-Control: max-age=60\r\n" + field + ": " + value + "\r\n");
  }

  private GatewayUnderTest start(RecordingUpstream origin) {
    return GatewayUnderTest.in(folder).routes(routes.path()).upstream(origin.url()).start();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CamelFileName",
        "camelfilename",
        "CAMELFILENAME",
        "Camel-X",
        "org.apache.camel.X",
        "ORG.APACHE.CAMEL.X"
      })
  void noRouteSeesThemAndNoCopyOfItsMessage(String name) {
    routes.before("api", "match", LOOK + COPY + LOOK);
    routes.after("api", "respond", LOOK + COPY + LOOK);
    routes.before("upstream", "forward", LOOK + COPY + LOOK);
    routes.after("upstream", "forward", LOOK + COPY + LOOK);
    try (RecordingUpstream origin = sending(name, "evil");
        GatewayUnderTest gateway = start(origin)) {
      HttpResponse<String> miss = gateway.get("/a", name, "evil");
      HttpResponse<String> hit = gateway.get("/a", name, "evil");

      assertThat(miss.headers().allValues(name)).containsExactly("evil");
      assertThat(hit.headers().allValues(name)).containsExactly("evil");
      assertThat(origin.lastHead()).containsIgnoringCase(name + ": evil\r\n");
      await().until(() -> LOOKS.size() == 6 * 6);
      assertThat(LOOKS).noneMatch(headers -> headers.containsValue("evil"));
      assertThat(LOOKS).noneMatch(headers -> headers.containsValue(Looking.WRONG));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"CamelSqlQuery", "camelsqlquery", "CAMELSQLQUERY"})
  void nobodyButTheRouteChoosesTheStatementOfAQuery(String name) {
    routes.write("database", DATABASE);
    routes.before("api", "match", query("X-Asking"));
    routes.before("upstream", "forward", query("X-Sending"));
    routes.after("upstream", "forward", query("X-Coming"));
    routes.after("api", "respond", query("X-Leaving"));
    try (RecordingUpstream origin = sending(name, "select 2");
        GatewayUnderTest gateway = start(origin)) {
      HttpResponse<String> answer = gateway.get("/a", name, "select 2");

      assertThat(origin.lastHead()).contains("x-asking: 1\r\n", "x-sending: 1\r\n");
      assertThat(answer.headers().allValues("x-coming")).containsExactly("1");
      assertThat(answer.headers().allValues("x-leaving")).containsExactly("1");
    }
  }

  private static String query(String header) {
    return "- to: {uri: 'sql:select 1', parameters: {dataSource: '#db', outputType: SelectOne,"
        + " outputHeader: %s}}\n".formatted(header);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"CamelHttpResponseCode", "camelhttpresponsecode", "CAMELHTTPRESPONSECODE"})
  void nobodyButTheRouteChoosesTheStatusOfItsOwnBody(String name) {
    routes.before("api", "match", choice("/before"));
    routes.after("api", "respond", OWN_BODY);
    try (RecordingUpstream origin = sending(name, "418");
        GatewayUnderTest gateway = start(origin)) {
      assertThat(gateway.get("/before", name, "418").statusCode()).isEqualTo(200);
      assertThat(gateway.get("/after", name, "418").statusCode()).isEqualTo(200);
    }
  }

  private static String choice(String path) {
    return """
        - choice:
            when:
              - expression: {simple: {expression: "${header.CamelHttpPath} == '%s'"}}
                steps:
                  - setBody: {expression: {constant: {expression: mine}}}
                  - stop: {}
        """
        .formatted(path);
  }

  /** Writes down the headers that a step would see. */
  public static final class Looking {

    static final String WRONG = "looked wrong";

    public void look(Exchange exchange) {
      Message message = exchange.getMessage();
      boolean evil =
          "evil".equals(message.getHeader("CamelFileName"))
              || "evil".equals(message.getHeader("camelfilename", String.class))
              || "evil".equals(message.getHeader("org.apache.camel.x", () -> "none"));
      LOOKS.add(evil ? Map.of("", WRONG) : Map.copyOf(message.getHeaders()));
    }
  }
}
