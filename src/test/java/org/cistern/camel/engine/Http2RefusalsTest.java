package org.cistern.camel.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Exception;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.cistern.GatewayUnderTest;
import org.cistern.fake.FakeUpstream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests over HTTP/2 that are none (RFC 9113 section 8.1.1): each has an answer, and no more. */
class Http2RefusalsTest {

  private final List<String> heads = new CopyOnWriteArrayList<>();
  @TempDir private Path folder;

  private String status(String... fields) throws Http2Exception {
    try (FakeUpstream origin = FakeUpstream.playing(each -> heads.add(each.readHead()));
        GatewayUnderTest gateway =
            GatewayUnderTest.in(folder)
                .with("CACHE_L3_ENABLED", "false")
                .upstream("http://localhost:" + origin.port())
                .start();
        RawHttp2 client = new RawHttp2(gateway.port())) {
      client.ask(1, fields);
      RawHttp2.Frame head = client.await(RawHttp2.HEADERS, RawHttp2.RST_STREAM);
      assertThat(head.type()).isEqualTo(RawHttp2.HEADERS);
      assertThat(heads).isEmpty();
      return new DefaultHttp2HeadersDecoder()
          .decodeHeaders(1, Unpooled.wrappedBuffer(head.block()))
          .status()
          .toString();
    }
  }

  private static String[] get(String path, String... more) {
    Stream<String> pseudo =
        Stream.of(":method", "GET", ":scheme", "http", ":authority", "a", ":path", path);
    return Stream.concat(pseudo, Stream.of(more)).toArray(String[]::new);
  }

  @Test
  void connectIsNotImplemented() throws Http2Exception {
    assertThat(status(":method", "CONNECT", ":authority", "a:80")).isEqualTo("501");
  }

  @ParameterizedTest
  @ValueSource(strings = {"b\r\nX-B: c", "b\nc", "b\0c", "b\u0001c"})
  void aValueWithAControlCharacterIsRefused(String value) throws Http2Exception {
    assertThat(status(get("/", "x-a", value))).isEqualTo("400");
  }

  @Test
  void aProtocolBesideAnotherMethodThanConnectIsRefused() throws Http2Exception {
    assertThat(status(get("/", ":protocol", "websocket"))).isEqualTo("400");
  }

  @Test
  void aPathThatNamesAHostIsRefused() throws Http2Exception {
    assertThat(status(get("http://b/x"))).isEqualTo("400");
  }
}
