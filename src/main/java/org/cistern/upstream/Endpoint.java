package org.cistern.upstream;

import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.util.concurrent.atomic.AtomicInteger;

/** One address of an instance, with its load and its health. */
final class Endpoint implements Balancer.Candidate {

  private final Instance instance;
  private final String address;
  private final InstanceHealth health;
  private final RequestOptions route;
  private final AtomicInteger outstanding = new AtomicInteger();

  Endpoint(Instance instance, String address, InstanceHealth health) {
    this.instance = instance;
    this.address = address;
    this.health = health;
    // The host stays the name, for Host, SNI and the certificate; the server is the address.
    this.route =
        new RequestOptions()
            .setServer(SocketAddress.inetSocketAddress(instance.port(), address))
            .setHost(instance.host())
            .setPort(instance.port())
            .setSsl(instance.tls());
  }

  Instance instance() {
    return instance;
  }

  /** Returns the address, or the instance's name while it is not resolved. */
  String address() {
    return address;
  }

  InstanceHealth health() {
    return health;
  }

  /** Returns where Vert.x is to connect; shared by all event loops, so never changed. */
  RequestOptions route() {
    return route;
  }

  @Override
  public int outstanding() {
    return outstanding.get();
  }

  /** A request goes there. */
  void begin() {
    outstanding.incrementAndGet();
    health.taken();
  }

  /** A request there is over. */
  void end() {
    outstanding.decrementAndGet();
  }
}
