package org.cistern.upstream.endpoint;

import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import org.cistern.upstream.options.Instance;

/** One address of an instance, with its load and its health. */
public final class Endpoint implements Balancer.Candidate {

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

  /** Returns whose address it is. */
  public Instance instance() {
    return instance;
  }

  /** Returns the address, or the instance's name while it is not resolved. */
  public String address() {
    return address;
  }

  /** Returns its health, its own and no other address's. */
  public InstanceHealth health() {
    return health;
  }

  /** Returns where Vert.x is to connect; shared by all event loops, so never changed. */
  public RequestOptions route() {
    return route;
  }

  @Override
  public int outstanding() {
    return outstanding.get();
  }

  /** A request goes there. */
  public void begin() {
    outstanding.incrementAndGet();
    health.taken();
  }

  /** A request there is over. */
  public void end() {
    outstanding.decrementAndGet();
  }
}
