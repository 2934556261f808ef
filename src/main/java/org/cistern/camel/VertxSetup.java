package org.cistern.camel;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.dns.AddressResolverOptions;
import io.vertx.core.file.FileSystemOptions;
import org.cistern.upstream.options.UpstreamOptions;

/** Makes the event loops, one per core, and ends them. */
final class VertxSetup {

  private VertxSetup() {}

  static Vertx open() {
    int cores = Runtime.getRuntime().availableProcessors();
    // Names are looked up anew as often as upstreams ask, and not as seldom as their records allow.
    int seconds = (int) UpstreamOptions.defaults().resolve().toSeconds();
    AddressResolverOptions names =
        new AddressResolverOptions()
            .setCacheMaxTimeToLive(seconds)
            .setHostsRefreshPeriod(seconds * 1000);
    return Vertx.vertx(
        new VertxOptions()
            .setPreferNativeTransport(true)
            .setFileSystemOptions(filesAsTheyAre())
            .setEventLoopPoolSize(cores)
            .setAddressResolverOptions(names));
  }

  /** Vert.x would copy files of the class path, of which we need none, to a temporary folder. */
  private static FileSystemOptions filesAsTheyAre() {
    return new FileSystemOptions().setClassPathResolvingEnabled(false).setFileCachingEnabled(false);
  }

  /** Ends the loops, and with them every connection; blocks. */
  static void close(Vertx vertx) {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
