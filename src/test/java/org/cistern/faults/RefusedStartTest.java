package org.cistern.faults;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cistern.fake.FakeCertificate;
import org.cistern.fake.FreePort;
import org.cistern.routes.BrokenStep;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a start says that cannot be: one sentence, exit code 1, and no trace of the program. */
class RefusedStartTest {

  @TempDir Path folder;

  @Test
  void anUnknownKeyIsNamedWithTheOneThatWasMeant() throws Exception {
    Files.writeString(
        folder.resolve("application.properties"), "cistern.upstream.ulr=http://localhost:1\n");

    assertThat(refusal(Map.of())).contains("cistern.upstream.ulr", "cistern.upstream.url");
  }

  @Test
  void aByteOrderMarkHidesNothingFromCamel() throws Exception {
    Files.writeString(
        folder.resolve("application.properties"), "\uFEFFcamel.beans.mine=#class:com.nope.X\n");

    assertThat(refusal(Map.of()))
        .contains("application.properties, camel.beans: there is no class com.nope.X");
  }

  @Test
  void aFailureOfCamelIsASentenceAlone() throws Exception {
    Path routes = Files.createDirectories(folder.resolve("routes"));
    Files.writeString(
        routes.resolve("own.camel.yaml"),
        "- route: {id: own, from: {uri: 'direct:x', steps: [{to: 'cistern:fetch?from=sedaa:x'}]}}\n");

    assertThat(refusal(Map.of()).strip())
        .startsWith("routes: file:routes/own.camel.yaml: there is no component 'sedaa'")
        .doesNotContain("\n");
  }

  @Test
  void aProxyThatIsNoAddressIsNamed() throws Exception {
    assertThat(refusal(Map.of("CISTERN_TRUSTED_PROXIES", "10.0.0.0/99")))
        .contains("cistern.trusted-proxies is '10.0.0.0/99'; allowed is ");
  }

  @Test
  void anArgumentThatNobodyKnowsIsNamed() throws Exception {
    List<String> options = GatewayProcess.SHORT_LIVED;
    try (GatewayProcess gateway =
        GatewayProcess.launch(
            folder, FreePort.pick(), List.of(), options, Map.of(), "--port", "80")) {
      assertThat(gateway.exitCode()).as(gateway.output()).isEqualTo(1);
      assertThat(gateway.output())
          .isEqualToIgnoringNewLines(
              "the arguments are '--port 80'; allowed is none, for settings are environment"
                  + " variables or lines of application.properties, or rehearse alone");
    }
  }

  @Test
  void aPortThatThisUserMayNotOpenIsNotSaidToBeTaken() throws Exception {
    List<String> without = List.of("setpriv", "--bounding-set", "-net_bind_service");
    assumeTrue(mayNotOpen(without), "every user may listen on low ports here");
    try (GatewayProcess gateway =
        GatewayProcess.launch(folder, 1, without, GatewayProcess.SHORT_LIVED, Map.of())) {
      assertThat(gateway.exitCode()).as(gateway.output()).isEqualTo(1);
      assertThat(gateway.output())
          .contains("cistern.port is '1'; allowed is a port that this user may listen on")
          .doesNotContain("\tat ");
    }
  }

  private static boolean mayNotOpen(List<String> without) throws Exception {
    Path first = Path.of("/proc/sys/net/ipv4/ip_unprivileged_port_start");
    List<String> trial = new ArrayList<>(without);
    trial.add("true");
    return Files.exists(first)
        && Integer.parseInt(firstLine(first)) > 1
        && new ProcessBuilder(trial).start().waitFor() == 0;
  }

  /** The system gives such a file whole to the first read, and nothing to a second one. */
  private static String firstLine(Path file) throws IOException {
    try (BufferedReader reader = Files.newBufferedReader(file)) {
      return requireNonNull(reader.readLine());
    }
  }

  @Test
  void anAddressOfAnotherMachineIsNotTakenForAPort() throws Exception {
    assertThat(refusal(Map.of("CISTERN_HOST", "192.0.2.1")))
        .contains("cistern.host is '192.0.2.1'; allowed is an address of this machine");
  }

  @Test
  void aKeyOfAnotherCertificateIsNotTakenForAPort() throws Exception {
    FakeCertificate one = FakeCertificate.make(folder, "one");
    FakeCertificate other = FakeCertificate.make(folder, "other");
    Map<String, String> tls =
        Map.of(
            "CISTERN_TLS_CERT", one.certificate().toString(),
            "CISTERN_TLS_KEY", other.key().toString());

    assertThat(refusal(tls)).contains("cistern.tls.key is '", "the private key of the certificate");
  }

  @Test
  void memoryBeyondSeventyPercentOfTheHeapIsRefused() throws Exception {
    assertThat(refusal(Map.of("CACHE_L1_MAX_BYTES", "250MB")))
        .contains("cache.l1.max-bytes", "70%");
  }

  @Test
  void aTakenPortIsNamedAtOnceWhateverTheDrainDelay() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      assertThat(refusal(Map.of("CISTERN_PORT", port, "CISTERN_DRAIN_DELAY", "1h"))).contains(port);
    }
  }

  @Test
  void aTakenManagementPortIsNamed() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      assertThat(refusal(Map.of("CISTERN_MANAGEMENT_PORT", port))).contains(port);
    }
  }

  @Test
  void aClassForANewerJavaIsNamed() throws Exception {
    Path routes = Files.createDirectories(folder.resolve("routes"));
    Files.writeString(routes.resolve("own.camel.yaml"), "- beans: [{name: mine, type: mine.B}]\n");
    Path classes = Files.createDirectories(folder.resolve("classes/mine"));
    byte[] newer = ByteBuffer.allocate(64).putInt(0xCAFEBABE).putInt(999).array();
    Files.write(classes.resolve("B.class"), newer);

    assertThat(refusal(Map.of(), "-Xbootclasspath/a:" + classes.getParent()))
        .contains("own.camel.yaml: class mine.B was made for a newer Java than this");
  }

  @Test
  void anErrorThatNobodyForesawEndsTheProcess() throws Exception {
    Files.writeString(
        folder.resolve("application.properties"),
        "camel.beans.mine=#class:" + BrokenStep.class.getName() + "\n");
    try (GatewayProcess gateway = GatewayProcess.quick(folder, FreePort.pick(), Map.of())) {
      assertThat(gateway.exitCode()).as(gateway.output()).isEqualTo(1);
      assertThat(gateway.output()).contains("no such licence", "\tat ");
    }
  }

  @Test
  void aSecondProcessOnTheSameStorageFolderIsRefused() throws Exception {
    Map<String, String> storage =
        Map.of("CACHE_L3_STORAGE_PATH", folder.resolve("storage").toString());
    try (GatewayProcess first = GatewayProcess.up(folder.resolve("first"), storage)) {
      assertThat(refusal(storage)).contains(folder.resolve("storage").toString());
      assertThat(first.isAlive()).isTrue();
    }
  }

  @Test
  void aFolderThatCannotBeUsedMeansMemoryAloneAndIsSaid() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "not a folder");
    String path = file.resolve("storage").toString();
    try (GatewayProcess gateway =
        GatewayProcess.up(folder.resolve("work"), Map.of("CACHE_L3_STORAGE_PATH", path))) {
      assertHitsFromMemory(gateway);
      assertThat(gateway.output()).contains("disk (L3)    off: ", "file");
    }
  }

  @Test
  void answersOnDiskThatCannotBeOpenedAreNamedOnTheScreen() throws Exception {
    Path storage = folder.resolve("storage");
    Files.createDirectories(storage.resolve("entries.db/in the way"));
    try (GatewayProcess gateway =
        GatewayProcess.up(
            folder.resolve("work"), Map.of("CACHE_L3_STORAGE_PATH", storage.toString()))) {
      assertHitsFromMemory(gateway);
      assertThat(gateway.output())
          .contains(", at most 1 GB; keeps nothing now: the file cannot be opened: ");
    }
  }

  @Test
  void aStartNeedsNoTemporaryFolder() throws Exception {
    List<String> options = new ArrayList<>(GatewayProcess.SHORT_LIVED);
    options.add("-Djava.io.tmpdir=" + folder.resolve("nowhere"));
    try (GatewayProcess gateway =
        GatewayProcess.launch(folder, FreePort.pick(), List.of(), options, Map.of())) {
      assertHitsFromMemory(gateway.awaitUp());
    }
  }

  @Test
  void theScreenOfAStartNamesWhatIsInForceAndWhatIsNot() throws Exception {
    Map<String, String> settings =
        Map.of(
            "CISTERN_UPSTREAM_FALLBACK_URL", "http://127.0.0.1:1",
            "CISTERN_UPSTREAM_BILLING_URL", "http://127.0.0.1:2",
            "CISTERN_UPSTREAM_BILLING_FALLBACK_URL", "http://127.0.0.1:3",
            "CACHE_L1_MAX_BYTES", "20480KB",
            "CACHE_L1_MAXSIZE", "100",
            "REDIS_HOST", "redis.example.org");
    try (GatewayProcess gateway = GatewayProcess.up(folder, settings)) {
      assertHitsFromMemory(gateway);
      assertThat(gateway.output())
          .contains(
              "fallback     http://127.0.0.1:1",
              "billing: http://127.0.0.1:2, fallback http://127.0.0.1:3",
              "from routes/cache-rules.yaml (built in)",
              "memory (L1)  tinylfu, at most 20 MB, copies for at most 5 m",
              "redis (L2)   set, but this version has no Redis tier yet",
              ", at most 1 GB",
              "did you mean CACHE_L1_MAX_SIZE?");
    }
  }

  @Test
  void damagedFilesAreSaidAndReplaced() throws Exception {
    for (String name : List.of("entries.db", "state.db")) {
      Path storage = Files.createDirectories(folder.resolve("damaged-" + name));
      Files.writeString(storage.resolve(name), "this was a database once\n".repeat(1000));
      try (GatewayProcess gateway =
          GatewayProcess.up(
              folder.resolve("work"), Map.of("CACHE_L3_STORAGE_PATH", storage.toString()))) {
        assertHitsFromMemory(gateway);
        assertThat(gateway.output()).contains(name);
      }
    }
  }

  private static void assertHitsFromMemory(GatewayProcess gateway) throws IOException {
    try (RawClient client = new RawClient(gateway.port())) {
      client.get("/api/v1/models");
      RawClient.Response second = client.get("/api/v1/models");
      assertThat(second.status()).isEqualTo(200);
      assertThat(second.header("cache-status")).contains("hit");
    }
  }

  /** Starts it, and returns the few lines that it printed before it ended with code 1. */
  private String refusal(Map<String, String> environment, String... options)
      throws InterruptedException {
    List<String> all = new ArrayList<>(GatewayProcess.SHORT_LIVED);
    all.addAll(List.of(options));
    try (GatewayProcess gateway =
        GatewayProcess.launch(folder, FreePort.pick(), List.of(), all, environment)) {
      assertThat(gateway.exitCode()).as(gateway.output()).isEqualTo(1);
      String output = gateway.output();
      assertThat(output).doesNotContain("\tat ", "Exception");
      return output;
    }
  }
}
