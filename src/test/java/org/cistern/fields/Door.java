package org.cistern.fields;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.cistern.GatewayUnderTest;

/** A gateway with rules of a test's own before an {@link Api}, and a clock that stands still. */
public final class Door implements AutoCloseable {

  private final Api api = Api.start();
  private final GatewayUnderTest.Clock clock = new GatewayUnderTest.Clock();
  private final GatewayUnderTest.Builder builder;
  private GatewayUnderTest gateway;

  /**
   * Starts both.
   *
   * @param settings environment variables and their values in turn
   */
  public Door(Path folder, String rules, String... settings) {
    builder = GatewayUnderTest.in(folder).rules(rules).upstream(api.url()).clock(clock);
    for (int i = 0; i < settings.length; i += 2) {
      builder.with(settings[i], settings[i + 1]);
    }
    gateway = builder.start();
  }

  /**
   * Stops the gateway and starts it again, on the same port and folder.
   *
   * @param settings environment variables to change and their values in turn
   */
  public void restart(String... settings) {
    int port = gateway.port();
    gateway.close();
    for (int i = 0; i < settings.length; i += 2) {
      builder.with(settings[i], settings[i + 1]);
    }
    gateway = builder.with("CISTERN_PORT", String.valueOf(port)).start();
  }

  /** Returns the origin. */
  public Api api() {
    return api;
  }

  /** Returns the gateway. */
  public GatewayUnderTest gateway() {
    return gateway;
  }

  /** Lets time pass. */
  public void pass(Duration time) {
    clock.pass(time);
  }

  /** Sends a GET with these headers, name and value in turn. */
  public HttpResponse<String> get(String pathAndQuery, String... headers) {
    return gateway.get(pathAndQuery, headers);
  }

  /** Sends a GET and returns the body of the answer. */
  public String body(String pathAndQuery, String... headers) {
    return get(pathAndQuery, headers).body();
  }

  /** Sends a GET and returns the Cache-Status of the answer. */
  public String status(String pathAndQuery, String... headers) {
    return GatewayUnderTest.status(get(pathAndQuery, headers));
  }

  /** Sends a request without a body, of any method, and returns the answer. */
  public HttpResponse<String> send(String method, String pathAndQuery, String... headers) {
    return gateway.send(method, pathAndQuery, null, headers);
  }

  /** Writes a request as it is, with Connection: close added, and returns the whole answer. */
  public String raw(String request) {
    return gateway.exchange(request + "Connection: close\r\n\r\n");
  }

  /** Sends a GET for another host and returns the body of the answer. */
  public String fromHost(String host, String pathAndQuery) {
    String answer = raw("GET " + pathAndQuery + " HTTP/1.1\r\nHost: " + host + "\r\n");
    return answer.substring(answer.indexOf("\r\n\r\n") + 4);
  }

  @Override
  public void close() {
    gateway.close();
    api.close();
  }
}
