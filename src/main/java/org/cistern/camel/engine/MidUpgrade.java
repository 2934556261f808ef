package org.cistern.camel.engine;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerAdapter;
import io.netty.channel.ChannelHandlerContext;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.Http1xUpgradeToH2CHandler;
import io.vertx.core.http.impl.Http2ServerConnection;
import io.vertx.core.net.impl.ConnectionBase;

/**
 * Waits in a connection that is on its way from HTTP/1 to HTTP/2: at the end of the request that
 * asked for it the server takes every handler off but its own. Without ours nobody would see that
 * the client has gone.
 */
final class MidUpgrade extends ChannelHandlerAdapter {

  private final Runnable equip;

  private MidUpgrade(Runnable equip) {
    this.equip = equip;
  }

  /** Has {@code equip} run once the server is done, where the connection is on its way. */
  static void watch(HttpConnection connection, Runnable equip) {
    Channel channel = ((ConnectionBase) connection).channel();
    boolean underWay = channel.pipeline().get(Http1xUpgradeToH2CHandler.class) != null;
    if (underWay && connection instanceof Http2ServerConnection) {
      channel.pipeline().addLast("mid-upgrade", new MidUpgrade(equip));
    }
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    Channel channel = context.channel();
    channel
        .eventLoop()
        .execute(
            () -> {
              if (channel.isOpen()) {
                equip.run();
              }
            });
  }
}
