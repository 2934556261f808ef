package org.cistern.camel.engine;

import io.netty.channel.Channel;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import org.cistern.camel.engine.idle.ClientIdle;
import org.cistern.camel.engine.write.ReadyHeads;
import org.cistern.loop.FlushRound;
import org.jspecify.annotations.Nullable;

/** The HTTP server: one acceptor per core on one port, every connection on one event loop. */
public final class FrontServer {

  private static final int ANY = -1;

  private final Vertx vertx;
  private final HttpServerOptions options;
  private final int cores;
  private final long maxConnections;
  private final List<HttpServer> servers = new CopyOnWriteArrayList<>();

  /** By channel: one that was upgraded from HTTP/1 to HTTP/2 is still the same. */
  private final ConcurrentMap<Channel, HttpConnection> connections = new ConcurrentHashMap<>();

  private final LongAdder refused = new LongAdder();
  private volatile @Nullable Channel listening;
  private volatile boolean leaving;
  private final Handler<HttpServerRequest> dispatcher;
  private final Handler<HttpServerRequest> malformed;

  FrontServer(
      Vertx vertx,
      HttpServerOptions options,
      int cores,
      long maxConnections,
      Handler<HttpServerRequest> dispatcher,
      Handler<HttpServerRequest> malformed) {
    this.vertx = vertx;
    this.options = options;
    this.cores = cores;
    this.maxConnections = maxConnections;
    this.dispatcher = dispatcher;
    this.malformed = malformed;
  }

  /** Begins to listen; fails where the port is taken. */
  Future<Void> listen() {
    return vertx
        .deployVerticle(Acceptor::new, new DeploymentOptions().setInstances(cores))
        .mapEmpty();
  }

  /** Returns the port it listens on, or -1 where it does not. */
  public int port() {
    return servers.isEmpty() ? -1 : servers.get(0).actualPort();
  }

  /** Returns the number of open connections. */
  public int open() {
    return connections.size();
  }

  /** Returns how many connections have something that their client has not yet taken. */
  long sending() {
    return connections.values().stream().filter(Unsent::isOn).count();
  }

  /** Returns how many connections were closed because there were too many. */
  public long refused() {
    return refused.sum();
  }

  /** Takes no more connections and tells HTTP/2 clients to go elsewhere (GOAWAY). */
  void goAway() {
    leaving = true;
    stopListening();
    connections.values().forEach(FrontServer::goAway);
  }

  /** Closing a server would close its connections too; closing what it listens with does not. */
  private void stopListening() {
    Channel known = listening;
    if (known == null) {
      servers.forEach(HttpServer::close);
    } else {
      var unused = known.close();
    }
  }

  private static void goAway(HttpConnection connection) {
    try {
      connection.goAway(0);
    } catch (UnsupportedOperationException http1) {
      // HTTP/1 has no such frame: its responses carry "Connection: close" from now on
      return;
    }
  }

  private void connected(HttpConnection connection) {
    Channel channel = ((ConnectionBase) connection).channel();
    if (connections.size() >= maxConnections && !connections.containsKey(channel)) {
      refused.increment();
      Pace.refuse(connection);
      return;
    }
    hold(channel, connection);
    equip(connection);
    MidUpgrade.watch(connection, () -> equip(connection));
    listening = channel.parent();
    if (leaving) {
      goAway(connection);
    }
  }

  private void equip(HttpConnection connection) {
    FlushRound.joinClient(connection);
    ReadyHeads.watch(connection);
    ClientIdle.watch(connection);
    Pace.watch(connection, dispatcher);
  }

  /** The end of a connection that was upgraded, to whatever, only the channel tells. */
  private void hold(Channel channel, HttpConnection connection) {
    if (connections.put(channel, connection) == null) {
      channel.closeFuture().addListener(closed -> connections.remove(channel));
    }
  }

  private void begin(HttpServerRequest request) {
    Pace.begin(request, dispatcher);
  }

  /** Servers with the same negative port share one that is free; with 0 each had its own. */
  private HttpServerOptions shared() {
    HttpServerOptions own = new HttpServerOptions(options);
    return own.getPort() == 0 ? own.setPort(ANY) : own;
  }

  /** One of the servers that share the port. */
  private final class Acceptor extends AbstractVerticle {
    @Override
    public void start(Promise<Void> started) {
      HttpServer server = vertx.createHttpServer(shared());
      server
          .connectionHandler(FrontServer.this::connected)
          .requestHandler(FrontServer.this::begin)
          .invalidRequestHandler(malformed)
          .listen()
          .onSuccess(servers::add)
          .<Void>mapEmpty()
          .onComplete(started);
    }
  }
}
