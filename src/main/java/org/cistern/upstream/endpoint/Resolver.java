package org.cistern.upstream.endpoint;

import io.netty.channel.EventLoop;
import io.netty.resolver.AddressResolver;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.ScheduledFuture;
import io.vertx.core.impl.VertxInternal;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.cistern.upstream.options.Instance;
import org.jspecify.annotations.Nullable;

/**
 * The regular look-up of the instances' names. It asks through Vert.x' resolver, so hosts files,
 * servers and the longest time to live are set there; where it fails, the last addresses stay.
 */
public final class Resolver {

  private final VertxInternal vertx;
  private final EventLoop loop;
  private final Endpoints endpoints;
  private @Nullable ScheduledFuture<?> schedule;

  /** Makes a resolver that tells the endpoints, on this event loop, what it found. */
  public Resolver(VertxInternal vertx, EventLoop loop, Endpoints endpoints) {
    this.vertx = vertx;
    this.loop = loop;
    this.endpoints = endpoints;
  }

  /** Looks up every name now and then every so often; addresses need no looking up. */
  public void start(List<Instance> instances, Duration every) {
    List<Instance> named = instances.stream().filter(instance -> !instance.isAddress()).toList();
    if (!named.isEmpty()) {
      lookUp(named, every);
    }
  }

  private void lookUp(List<Instance> named, Duration every) {
    AddressResolver<InetSocketAddress> names = vertx.nettyAddressResolverGroup().getResolver(loop);
    schedule =
        loop.scheduleWithFixedDelay(
            () -> named.forEach(instance -> lookUp(names, instance)),
            0,
            every.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  /** Looks up no more; the last addresses stay. */
  public void stop() {
    if (schedule != null) {
      schedule.cancel(false);
    }
  }

  private void lookUp(AddressResolver<InetSocketAddress> names, Instance instance) {
    names
        .resolveAll(InetSocketAddress.createUnresolved(instance.host(), instance.port()))
        .addListener((Future<List<InetSocketAddress>> found) -> take(instance, found));
  }

  private void take(Instance instance, Future<List<InetSocketAddress>> found) {
    if (found.isSuccess() && !found.getNow().isEmpty()) {
      endpoints.resolved(
          instance, found.getNow().stream().map(at -> at.getAddress().getHostAddress()).toList());
    }
  }
}
