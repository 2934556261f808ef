package org.cistern.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.cistern.GatewayUnderTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A form with a file, where there is no folder for it. */
class FormDiskTest {

  private static final String FORM =
      """
      --b\r
      Content-Disposition: form-data; name="file"; filename="a.txt"\r
      \r
      contents\r
      --b--\r
      """;

  private static final String ROUTE =
      """
      - route:
          id: form
          from:
            uri: platform-http:/form
            steps:
              - setBody: {constant: taken}
      """;

  @TempDir Path folder;

  private GatewayUnderTest gateway;

  @BeforeEach
  void start() {
    RouteFolder routes = RouteFolder.copyIn(folder);
    routes.write("form", ROUTE);
    gateway = GatewayUnderTest.in(folder).routes(routes.path()).start();
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  void isA503AndOneLineInTheLogAndTakenOnceThereIs() throws IOException {
    Path inTheWay = Files.createFile(folder.resolve("storage/forms"));

    try (Log log = new Log("")) {
      HttpResponse<String> answer = post();
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.headers().firstValue("retry-after")).contains("1");
      assertThat(answer.body()).contains("The files of the form cannot be kept");
      assertThat(log.text().lines()).hasSize(1);
    }
    Files.delete(inTheWay);
    assertThat(post().body()).isEqualTo("taken");
  }

  private HttpResponse<String> post() {
    return gateway.send("POST", "/form", FORM, "content-type", "multipart/form-data; boundary=b");
  }
}
