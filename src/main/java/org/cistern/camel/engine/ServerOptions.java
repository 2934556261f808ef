package org.cistern.camel.engine;

import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.cistern.camel.settings.Setting;
import org.cistern.camel.settings.Settings;
import org.jspecify.annotations.Nullable;

/** What the HTTP servers are told, out of the settings. */
final class ServerOptions {

  /** A connection that resets this many streams in 30 s is closed (CVE-2023-44487). */
  private static final int RESETS = 200;

  private static final int BACKLOG = 4096;

  /** A field of a form takes far more memory than its text, so a form has one for so many bytes. */
  private static final int FIELD_BYTES = 128;

  private static final int LEAST_FIELDS = 1024;
  private static final int UNBOUND = -1;

  private ServerOptions() {}

  static HttpServerOptions of(Settings settings) {
    HttpServerOptions options =
        new HttpServerOptions()
            .setHost(settings.text(Setting.HOST))
            .setPort(settings.count(Setting.PORT))
            .setAcceptBacklog(BACKLOG)
            .setTcpNoDelay(true)
            // WebSocket connections pass as they are: the server itself speaks none.
            .setPerFrameWebSocketCompressionSupported(false)
            .setPerMessageWebSocketCompressionSupported(false)
            .setUseProxyProtocol(settings.flag(Setting.PROXY_PROTOCOL))
            .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
            .setIdleTimeout(idle(settings));
    limits(options, settings);
    forms(options, settings.bytes(Setting.BODY_LIMIT, 8 << 20));
    secure(options, settings);
    return options;
  }

  /** Returns what the server of the management port is told: HTTP/1 will do there. */
  static HttpServerOptions management(Settings settings) {
    return new HttpServerOptions()
        .setHttp2ClearTextEnabled(false)
        .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
        .setIdleTimeout(idle(settings));
  }

  /** The whole of it counts: 500 ms are not 0 seconds, which would be no limit at all. */
  private static int idle(Settings settings) {
    return (int) Math.min(Integer.MAX_VALUE, settings.time(Setting.IDLE_TIMEOUT).toMillis());
  }

  private static void limits(HttpServerOptions options, Settings settings) {
    int head = Math.toIntExact(settings.bytes(Setting.MAX_HEADER_BYTES, 32 << 10));
    options
        .setMaxHeaderSize(head)
        .setMaxInitialLineLength(Math.toIntExact(settings.bytes(Setting.MAX_URL_BYTES, 8 << 10)))
        .setHttp2RstFloodMaxRstFramePerWindow(RESETS)
        .setHttp2RstFloodWindowDuration(30)
        .setHttp2RstFloodWindowDurationTimeUnit(TimeUnit.SECONDS)
        .setInitialSettings(
            new Http2Settings()
                .setMaxConcurrentStreams(settings.count(Setting.HTTP2_MAX_STREAMS))
                .setMaxHeaderListSize(head));
  }

  /** Whoever reads the body holds all of it to its limit, and so a field as well. */
  private static void forms(HttpServerOptions options, long limit) {
    options
        .setMaxFormAttributeSize(UNBOUND)
        .setMaxFormBufferedBytes(UNBOUND)
        .setMaxFormFields(Math.max(LEAST_FIELDS, (int) (limit / FIELD_BYTES)));
  }

  private static void secure(HttpServerOptions options, Settings settings) {
    @Nullable Path cert = settings.path(Setting.TLS_CERT);
    @Nullable Path key = settings.path(Setting.TLS_KEY);
    if (cert == null || key == null) {
      return;
    }
    options
        .setSsl(true)
        .setUseAlpn(true)
        .setKeyCertOptions(
            new PemKeyCertOptions().setCertPath(cert.toString()).setKeyPath(key.toString()));
    @Nullable Path clientCa = settings.path(Setting.TLS_CLIENT_CA);
    if (clientCa != null) {
      options
          .setClientAuth(ClientAuth.REQUEST)
          .setTrustOptions(new PemTrustOptions().addCertPath(clientCa.toString()));
    }
  }
}
