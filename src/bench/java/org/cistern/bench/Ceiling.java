package org.cistern.bench;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.AsciiString;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The fastest cache that Vert.x allows: a bare handler, one Caffeine look-up, one prepared answer.
 *
 * <p>It has native transport, a single event loop, a body that already lies outside the heap and is
 * never copied, and header names and values that are encoded once. It knows no rule, no freshness
 * and no route: what a gateway on Vert.x loses against it is the price of being a gateway.
 */
public final class Ceiling {

  private static final CharSequence CONTENT_TYPE = new AsciiString("Content-Type");
  private static final CharSequence JSON = new AsciiString("application/json");
  private static final CharSequence CACHE_CONTROL = new AsciiString("Cache-Control");
  private static final CharSequence ONE_HOUR = new AsciiString("max-age=3600");
  private static final CharSequence ENTITY_TAG = new AsciiString("ETag");
  private static final CharSequence TAG = new AsciiString("\"6743a1b2-400\"");
  private static final CharSequence CONTENT_LENGTH = new AsciiString("Content-Length");

  private final Cache<String, Entry> entries = Caffeine.newBuilder().maximumSize(10_000).build();

  private Ceiling() {}

  /** Serves the file {@code args[1]} as {@code /f/1k} on port {@code args[0]}. */
  public static void main(String[] args) throws Exception {
    Vertx vertx =
        Vertx.vertx(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(1));
    if (!vertx.isNativeTransportEnabled()) {
      throw new IllegalStateException(
          "The ceiling needs the native transport", vertx.unavailableNativeTransportCause());
    }
    Ceiling ceiling = new Ceiling();
    ceiling.entries.put("/f/1k", Entry.of(Files.readAllBytes(Path.of(args[1]))));
    ceiling.listen(vertx, Integer.parseInt(args[0]));
  }

  private void listen(Vertx vertx, int port) throws Exception {
    HttpServerOptions options =
        new HttpServerOptions().setHost("127.0.0.1").setPort(port).setAcceptBacklog(4096);
    vertx
        .createHttpServer(options)
        .requestHandler(this::answer)
        .listen()
        .toCompletionStage()
        .toCompletableFuture()
        .get();
  }

  private void answer(HttpServerRequest request) {
    Entry entry = entries.getIfPresent(request.path());
    HttpServerResponse response = request.response();
    if (entry == null) {
      response.setStatusCode(404).end();
      return;
    }
    response.headers().add(CONTENT_TYPE, JSON).add(CACHE_CONTROL, ONE_HOUR).add(ENTITY_TAG, TAG);
    response.headers().add(CONTENT_LENGTH, entry.length());
    response.end(entry.body());
  }

  private record Entry(Buffer body, CharSequence length) {

    static Entry of(byte[] bytes) {
      ByteBuf outsideHeap = Unpooled.directBuffer(bytes.length).writeBytes(bytes);
      // Unreleasable: every write gives one reference back, and this body is written for ever.
      return new Entry(
          Buffer.buffer(Unpooled.unreleasableBuffer(outsideHeap)),
          new AsciiString(Integer.toString(bytes.length)));
    }
  }
}
