package org.cistern;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import org.cistern.camel.Application;
import org.cistern.camel.settings.SettingsLoader;
import org.cistern.purge.Purge;
import org.jspecify.annotations.Nullable;

/**
 * A whole gateway in this process, on free ports, with its own storage folder: the shipped routes
 * and rules unless told otherwise, and a clock that can be moved.
 */
public final class GatewayUnderTest implements AutoCloseable {

  private final Application application;
  private final HttpClient client = HttpClient.newHttpClient();

  private GatewayUnderTest(Application application) {
    this.application = application;
  }

  /** Returns a builder over a folder that the test owns. */
  public static Builder in(Path folder) {
    return new Builder(folder);
  }

  /** Returns the URI of a path and query. */
  public URI uri(String pathAndQuery) {
    return URI.create("http://localhost:" + application.port() + pathAndQuery);
  }

  /** Returns the port that it listens on. */
  public int port() {
    return application.port();
  }

  /** Returns the port of metrics and health. */
  public int managementPort() {
    return application.managementPort();
  }

  /** Sends a GET with these headers, name and value in turn. */
  public HttpResponse<String> get(String pathAndQuery, String... headers) {
    return send("GET", pathAndQuery, null, headers);
  }

  /** Sends a request with these headers, name and value in turn. */
  public HttpResponse<String> send(
      String method, String pathAndQuery, @Nullable String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri(pathAndQuery))
            .version(HttpClient.Version.HTTP_1_1)
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request.build());
  }

  private HttpResponse<String> send(HttpRequest request) {
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Writes a request as it is, and returns all that comes until the connection is closed. */
  public String exchange(String request) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the value of Cache-Status, or an empty text. */
  public static String status(HttpResponse<?> response) {
    return response.headers().firstValue("cache-status").orElse("");
  }

  /** Purges. */
  public void purge(Purge purge) {
    application.purges().append(purge);
  }

  /** Returns the metrics as Prometheus sees them. */
  public String metrics() {
    return observe("/metrics").body();
  }

  /** Asks the management port for a path under {@code /observe}. */
  public HttpResponse<String> observe(String path) {
    URI uri = URI.create("http://localhost:" + application.managementPort() + "/observe" + path);
    return send(HttpRequest.newBuilder(uri).build());
  }

  @Override
  public void close() {
    application.close();
  }

  /** Collects what the gateway is to be like. */
  public static final class Builder {

    private final Path folder;
    private final Map<String, String> environment = new HashMap<>();
    private Path routes = Path.of("routes");
    private InstantSource clock = InstantSource.system();

    private Builder(Path folder) {
      this.folder = folder;
      environment.put("CISTERN_HOST", "127.0.0.1");
      environment.put("CISTERN_PORT", "0");
      environment.put("CISTERN_MANAGEMENT_PORT", "0");
      environment.put("CISTERN_MANAGEMENT_HOST", "127.0.0.1");
      environment.put("CACHE_L3_STORAGE_PATH", folder.resolve("storage").toString());
    }

    /** Sets a setting by its environment variable. */
    public Builder with(String variable, String value) {
      environment.put(variable, value);
      return this;
    }

    /** Names the upstream. */
    public Builder upstream(String url) {
      return with("CISTERN_UPSTREAM_URL", url);
    }

    /** Uses these rules in place of the shipped ones. */
    public Builder rules(String yaml) {
      try {
        Path file = folder.resolve("rules.yaml");
        Files.writeString(file, yaml);
        return with("CISTERN_RULES_FILE", file.toString());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** Uses the routes of this folder in place of the shipped ones. */
    public Builder routes(Path folderOfRoutes) {
      routes = folderOfRoutes;
      return this;
    }

    /** Uses this clock. */
    public Builder clock(InstantSource source) {
      clock = source;
      return this;
    }

    /** Starts the gateway; returns once it listens. */
    public GatewayUnderTest start() {
      Application application =
          new Application(
              SettingsLoader.load(environment, new Properties()), new Properties(), routes, clock);
      try {
        application.start();
      } catch (Exception e) {
        throw new IllegalStateException("the gateway did not start", e);
      }
      return new GatewayUnderTest(application);
    }
  }

  /** A clock that stands still until it is moved. */
  public static final class Clock implements InstantSource {

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());

    @Override
    public Instant instant() {
      return Objects.requireNonNull(now.get());
    }

    /** Moves the clock forward. */
    public void pass(Duration time) {
      now.updateAndGet(before -> before.plus(time));
    }
  }
}
