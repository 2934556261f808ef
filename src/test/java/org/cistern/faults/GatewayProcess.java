package org.cistern.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.cistern.fake.FreePort;

/** The gateway as a process of its own, with a scratch working directory; killed in the end. */
final class GatewayProcess implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  /** For a process that lives for seconds: the first compiler alone, the simplest collector. */
  static final List<String> SHORT_LIVED =
      List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

  private final Process process;
  private final Path log;
  private final int port;
  private final int managementPort;

  private GatewayProcess(Process process, Path log, int port, int managementPort) {
    this.process = process;
    this.log = log;
    this.port = port;
    this.managementPort = managementPort;
  }

  /** Starts it in a folder, on a port, with a start that is as short as can be. */
  static GatewayProcess quick(Path folder, int port, Map<String, String> environment) {
    return launch(folder, port, List.of(), SHORT_LIVED, environment);
  }

  /**
   * Starts it in a folder, on a port; {@code before} stands before "java", as a shell's limits, and
   * the options behind it, and the arguments at the end.
   */
  static GatewayProcess launch(
      Path folder,
      int port,
      List<String> before,
      List<String> options,
      Map<String, String> environment,
      String... arguments) {
    int management = FreePort.pick();
    List<String> command = new ArrayList<>(before);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.add("-cp");
    command.add(absolute(System.getProperty("java.class.path")));
    command.add("org.cistern.Cistern");
    command.addAll(List.of(arguments));
    try {
      Files.createDirectories(folder);
      Path log = Files.createTempFile(folder, "gateway", ".log");
      ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
      builder.redirectErrorStream(true).redirectOutput(log.toFile());
      builder.environment().put("CISTERN_HOST", "127.0.0.1");
      builder.environment().put("CISTERN_PORT", Integer.toString(port));
      builder.environment().put("CISTERN_MANAGEMENT_HOST", "127.0.0.1");
      builder.environment().put("CISTERN_MANAGEMENT_PORT", Integer.toString(management));
      builder.environment().putAll(environment);
      return new GatewayProcess(builder.start(), log, port, management);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String absolute(String classPath) {
    List<String> parts = new ArrayList<>();
    for (String part : classPath.split(java.io.File.pathSeparator, -1)) {
      parts.add(Path.of(part).toAbsolutePath().toString());
    }
    return String.join(java.io.File.pathSeparator, parts);
  }

  /** Starts it on a free port and waits until it listens. */
  static GatewayProcess up(Path folder, Map<String, String> environment) {
    return quick(folder, FreePort.pick(), environment).awaitUp();
  }

  /** Waits until it listens. */
  GatewayProcess awaitUp() {
    Awaitility.await().atMost(PATIENCE).until(() -> listens() || !process.isAlive());
    if (!process.isAlive()) {
      throw new IllegalStateException("the gateway did not start: " + output());
    }
    return this;
  }

  private boolean listens() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }

  /** Waits until it has ended by itself and returns its exit code. */
  int exitCode() throws InterruptedException {
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new IllegalStateException("it runs on: " + output());
    }
    return process.exitValue();
  }

  /** Returns what it has printed. */
  String output() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    return port;
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Returns the metrics. */
  String metrics() throws IOException {
    try (RawClient client = new RawClient(managementPort)) {
      return client.get("/observe/metrics").text();
    }
  }

  /** Kills it as {@code kill -9} does. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
