package org.cistern.routes;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.activation.DataHandler;
import jakarta.activation.FileDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.attachment.AttachmentMessage;
import org.cistern.GatewayUnderTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Forms with files, sent to a route on a path of its own. */
class FormsTest {

  private static final String FORM =
      """
      --b\r
      Content-Disposition: form-data; name="word"\r
      \r
      hello\r
      --b\r
      Content-Disposition: form-data; name="file"; filename="a.txt"\r
      \r
      contents\r
      --b--\r
      """;

  @TempDir Path folder;

  private GatewayUnderTest gateway;

  @BeforeEach
  void start() {
    RouteFolder routes = RouteFolder.copyIn(folder);
    route(routes, "reading", Reading.class);
    route(routes, "finding", Finding.class);
    gateway = GatewayUnderTest.in(folder).routes(routes.path()).start();
  }

  private void startAgain(String tier) {
    gateway.close();
    gateway =
        GatewayUnderTest.in(folder)
            .routes(folder.resolve("routes"))
            .with("CACHE_L3_ENABLED", tier)
            .start();
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  private static void route(RouteFolder routes, String id, Class<?> step) {
    routes.write(
        id,
        """
        - route:
            id: %s
            from:
              uri: platform-http:/%s
              steps:
                - bean: {beanType: '%s'}
        """
            .formatted(id, id, step.getName()));
  }

  @Test
  void theRouteGetsFieldsAndFiles() {
    assertThat(post("/reading")).isEqualTo("hello a.txt contents");
  }

  @Test
  void theRouteGetsAllOfALargerFile() {
    String large = "0123456789".repeat(20_000);

    for (int i = 0; i < 50; i++) {
      assertThat(post("/reading", FORM.replace("contents", large)))
          .isEqualTo("hello a.txt " + large);
    }
  }

  @Test
  void aFileIsItsOwnersAloneAndGoneWithTheResponse() {
    String[] found = post("/finding").split(" ");

    assertThat(found[0]).isEqualTo("rwx------");
    await().until(() -> !Files.exists(Path.of(found[1])));
  }

  @Test
  void filesAreInTheStorageFolderAndWhatACrashLeftIsGoneWithTheNextStart() throws IOException {
    Path forms = folderOfForms();
    assertThat(forms.getParent()).isEqualTo(folder.resolve("storage"));

    Files.writeString(forms.resolve("left"), "by a crash");
    Path copy = Files.move(forms, folder.resolve("moved"));
    gateway.close();
    Files.move(copy, forms);
    startAgain("true");
    assertThat(forms).doesNotExist();
  }

  @Test
  void withoutAStorageFolderTheyAreInTheTemporaryOne() {
    startAgain("false");

    Path file = Path.of(post("/finding").split(" ")[1]);
    assertThat(file).startsWithRaw(Path.of(System.getProperty("java.io.tmpdir")));
    assertThat(file.toString()).doesNotContain("storage");
  }

  @Test
  void aFolderThatSomebodyRemovesIsMadeAgain() throws IOException {
    Path forms = folderOfForms();
    await().until(() -> isEmpty(forms));
    Files.delete(forms);

    assertThat(post("/finding")).startsWith("rwx------ ");
    assertThat(post("/reading")).isEqualTo("hello a.txt contents");
  }

  private Path folderOfForms() {
    return requireNonNull(Path.of(post("/finding").split(" ")[1]).getParent());
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.findAny().isEmpty();
    }
  }

  @Test
  void nothingIsLeftInTheWorkingDirectoryOrAfterTheStop() {
    Path file = Path.of(post("/finding").split(" ")[1]);
    gateway.close();

    assertThat(file.getParent()).doesNotExist();
    assertThat(file.getParent()).isNotEqualTo(Path.of("file-uploads").toAbsolutePath());
  }

  private String post(String path) {
    return post(path, FORM);
  }

  private String post(String path, String form) {
    return gateway
        .send("POST", path, form, "content-type", "multipart/form-data; boundary=b")
        .body();
  }

  private static DataHandler file(Exchange exchange) {
    return exchange.getMessage(AttachmentMessage.class).getAttachment("file");
  }

  /** A step that reads a form. */
  public static final class Reading {
    /** Returns what is in it. */
    public static String read(Exchange exchange) throws IOException {
      DataHandler file = file(exchange);
      String contents = new String(file.getInputStream().readAllBytes(), US_ASCII);
      return exchange.getMessage().getHeader("word") + " " + file.getName() + " " + contents;
    }
  }

  /** A step that looks where the file of a form is. */
  public static final class Finding {
    /** Returns who may look into its folder, and its path. */
    public static String find(Exchange exchange) throws IOException {
      Path path = ((FileDataSource) file(exchange).getDataSource()).getFile().toPath();
      return PosixFilePermissions.toString(Files.getPosixFilePermissions(path.getParent()))
          + " "
          + path.toAbsolutePath();
    }
  }
}
