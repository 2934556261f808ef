package org.cistern.upstream.wire;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.cistern.upstream.options.Instance;
import org.cistern.upstream.options.TlsOptions;
import org.cistern.upstream.options.Upstream;
import org.cistern.upstream.options.UpstreamOptions;

/** The making of Vert.x clients from an upstream's settings. */
public final class Clients {

  private final Vertx vertx;
  private final UpstreamOptions options;
  private final boolean named;

  /** Takes the settings of one upstream. */
  public Clients(Vertx vertx, Upstream upstream) {
    this.vertx = vertx;
    this.options = upstream.options();
    this.named = upstream.instances().stream().noneMatch(Instance::isAddress);
  }

  /** Returns a client for requests, so many at a time. */
  public HttpClient http(int places) {
    HttpClientOptions http = common();
    if (options.http2()) {
      http.setProtocolVersion(HttpVersion.HTTP_2).setUseAlpn(true);
    }
    return build(http, places);
  }

  /** Returns a client for connections that change their protocol, so many at a time. */
  public HttpClient upgrading(int places) {
    Duration idle = options.timeouts().upgraded();
    return build(
        common().setIdleTimeout(millis(idle)).setIdleTimeoutUnit(TimeUnit.MILLISECONDS), places);
  }

  private HttpClient build(HttpClientOptions http, int places) {
    // The gate bounds who waits; the pool's own line only bridges the moment between the end of
    // one response and its connection being free.
    PoolOptions pool =
        new PoolOptions().setHttp1MaxSize(places).setHttp2MaxSize(4).setMaxWaitQueueSize(-1);
    return vertx.httpClientBuilder().with(http).with(pool).withConnectHandler(Wire::watch).build();
  }

  private HttpClientOptions common() {
    UpstreamOptions.Timeouts timeouts = options.timeouts();
    HttpClientOptions http =
        new HttpClientOptions()
            .setConnectTimeout(millis(timeouts.connect()))
            .setSslHandshakeTimeout(timeouts.connect().toMillis())
            .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
            .setKeepAliveTimeout((int) Math.max(1, timeouts.keepAlive().toSeconds()))
            .setMaxHeaderSize(options.limits().headBytes())
            .setDecompressionSupported(false)
            .setTcpNoDelay(true);
    trust(http);
    return http;
  }

  private void trust(HttpClientOptions http) {
    TlsOptions tls = options.tls();
    // Names without a dot are left out of SNI by default; addresses must be (RFC 6066 section 3).
    http.setVerifyHost(tls.verifyHost()).setForceSni(named);
    if (tls.ca() != null) {
      http.setTrustOptions(new PemTrustOptions().addCertPath(tls.ca().toString()));
    }
    if (tls.certificate() != null && tls.key() != null) {
      http.setKeyCertOptions(
          new PemKeyCertOptions()
              .addCertPath(tls.certificate().toString())
              .addKeyPath(tls.key().toString()));
    }
  }

  private static int millis(Duration time) {
    return (int) Math.min(Integer.MAX_VALUE, time.toMillis());
  }
}
